import { type Ctx, supportContext, systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { anchorOn } from "@/lib/credits/core/billing-cycle";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { grantCredits } from "@/lib/credits/grant-credits";
import type { InteractionStart } from "@/lib/credits/interaction";
import { openAccount } from "@/lib/credits/open-account";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { newId } from "@/lib/shared/ids";
import { microcredits, microGbp, microUsd } from "@/lib/shared/money";

/** A context whose clock the test moves. */
export function testContext(start = new Date("2026-03-10T12:00:00Z")): Ctx & { travel: (to: Date) => void } {
  let now = start;
  return {
    ...systemContext("test"),
    now: () => now,
    travel: (to) => {
      now = to;
    },
  };
}

/** The same moment, seen by Torqueflow's support. */
export const asSupport = (ctx: Ctx): Ctx =>
  supportContext("support", { now: ctx.now, newId: ctx.newId, log: ctx.log });

/** The same moment, seen by a member of an organisation. */
export const asMember = (ctx: Ctx, orgId: string, role: Role = "owner"): Ctx => ({
  ...ctx,
  actor: { kind: "member", userId: "user", orgId, role },
});

export async function givenAccount(
  ctx: Ctx,
  account: { state?: SubscriptionState; allowance?: bigint; anchorDay?: number; trialCap?: bigint } = {},
): Promise<string> {
  const orgId = newId();
  await openAccount(ctx, {
    orgId,
    state: account.state ?? "active",
    allowance: microcredits(account.allowance ?? 0n),
    anchorAt: anchorOn(account.anchorDay ?? 1, ctx.now()),
    trialCap: microGbp(account.trialCap ?? 0n),
  });
  return orgId;
}

export const fullStart = (startedAt: Date): InteractionStart => ({
  mode: "full",
  level: 0,
  reason: null,
  billable: true,
  isFallback: false,
  failOpen: false,
  startedAt,
});

export const degradedStart = (startedAt: Date): InteractionStart => ({
  ...fullStart(startedAt),
  mode: "degraded",
  level: 3,
  reason: "credit-exhaustion",
  billable: false,
});

/** Grants so many microcredits. */
export const grant = (
  ctx: Ctx,
  orgId: string,
  amount: bigint,
  key: string,
  kind: "gifted" | "purchased" = "purchased",
) => grantCredits(ctx, { orgId, kind, amount: microcredits(amount), key });

/** Settles a counted call that cost so many millionths of a dollar. */
export const settle = (
  ctx: Ctx,
  orgId: string,
  providerRef: string,
  cost: bigint,
  start = fullStart(ctx.now()),
) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef,
    cost: microUsd(cost),
    counted: true,
    start,
  });
