import { type Ctx, requireSystem } from "@/lib/auth/context";
import { holdAccount } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { credits } from "@/lib/shared/money";
import { decideTopUp, monthOf, nextMonth, REST_MS, type TopUpDecision } from "./core/decide-top-up";
import { mailLimitReached, mailNoCard, mailWithdrawnPack } from "./mail-top-up";
import { insertTopUpOrder } from "./store/orders";
import type { PricedPack } from "./store/packs";
import { claimAttempt, findOpenAttempt } from "./store/top-up-attempts";
import { findTopUp, type TopUp, writeTrouble } from "./store/top-ups";
import { gatherFacts } from "./top-up-facts";
import { isAbandoned } from "./top-up-page";

export type TopUpClaim = { readonly kind: "claimed"; readonly attemptId: string } | TopUpDecision;

/**
 * Looks whether auto top-up has to buy a pack now, and if so claims the organisation's one attempt: its price counts
 * towards the month's limit from here on, and a job charges it. Where something that passes by itself keeps it from
 * buying, another look is queued for when that is over; what only an owner can change, the owners are told. All of it
 * commits with the caller's transaction.
 */
export async function claimTopUp(ctx: Ctx, orgId: string, tx: Queryable): Promise<TopUpClaim> {
  requireSystem(ctx.actor);
  const account = await holdAccount(ctx, orgId, tx);
  const open = await findOpenAttempt(orgId, tx);
  if (open && (await isAbandoned(open, ctx.now(), tx)))
    await enqueue(tx, "close-top-up-page", { orgId, attemptId: open.id });
  const topUp = await findTopUp(orgId, tx);
  if (!topUp?.enabled) return { kind: "off" };
  const { facts, pack, month } = await gatherFacts(ctx, tx, topUp, account);
  const now = ctx.now();
  const decision = decideTopUp(facts, now);
  const isBelow = account.balance < topUp.threshold;
  switch (decision.kind) {
    case "try":
      return pack ? await claim(ctx, tx, topUp, pack) : decision;
    case "limit_reached":
      await enqueue(tx, "look-at-top-up", { orgId }, { runAt: nextMonth(now) });
      await mailLimitReached(ctx, tx, topUp, month.reservedPence);
      return decision;
    case "too_many_charges": {
      const until = new Date(now.getTime() + REST_MS);
      await writeTrouble(tx, orgId, { ...topUp, restUntil: until, restReason: "too_many_charges" });
      await enqueue(tx, "look-at-top-up", { orgId }, { runAt: until });
      return decision;
    }
    case "resting":
    case "needs_authentication":
      await enqueue(tx, "look-at-top-up", { orgId }, { runAt: decision.until });
      return decision;
    case "pack_unavailable":
      if (isBelow) await mailWithdrawnPack(ctx, tx, topUp);
      return decision;
    case "no_card":
      if (isBelow && pack) await mailNoCard(ctx, tx, topUp, pack);
      return decision;
    case "off":
    case "not_needed":
    case "suspended":
    case "charging":
    case "paused":
      return decision;
  }
}

async function claim(ctx: Ctx, tx: Queryable, topUp: TopUp, pack: PricedPack): Promise<TopUpClaim> {
  const { orgId, consentId } = topUp;
  const now = ctx.now();
  const attempt = {
    orgId,
    id: ctx.newId(),
    orderId: ctx.newId(),
    consentId,
    via: "charge",
    linkId: null,
    claimedAt: now,
    month: monthOf(now),
    pricePence: pack.pricePence,
  } as const;
  if (!(await claimAttempt(tx, attempt))) return { kind: "charging" };
  await insertTopUpOrder(tx, {
    orgId,
    id: attempt.orderId,
    packId: pack.id,
    packName: pack.name,
    microcredits: credits(pack.credits),
    pricePence: pack.pricePence,
    stripePriceId: pack.stripePriceId,
    userId: null,
    createdAt: now,
  });
  await enqueue(tx, "charge-top-up", { orgId, attemptId: attempt.id });
  return { kind: "claimed", attemptId: attempt.id };
}
