import type { Ctx } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import type { InteractionStart } from "@/lib/credits/interaction";
import type { CallRef } from "./call";

/**
 * How a call whose start was never stored began, from its assistant's metadata (the delivery was verified, and the
 * metadata is our own answer coming back): the static fallback, degraded, or full. Without metadata: full.
 */
export async function assumeStart(
  ctx: Ctx,
  orgId: string,
  call: CallRef,
  startedAt: Date,
): Promise<InteractionStart> {
  const { metadata } = call;
  const base = { reason: null, isFallback: false, failOpen: metadata?.failOpen ?? false, startedAt } as const;
  if (metadata?.isFallback) return { ...base, mode: "full", level: 0, billable: false, isFallback: true };
  if (metadata?.mode === "degraded") {
    return {
      ...base,
      mode: "degraded",
      level: 3,
      reason: metadata.reason ?? "credit-exhaustion",
      billable: false,
    };
  }
  const level = metadata?.level === 1 || metadata?.level === 2 ? metadata.level : 0;
  return { ...base, mode: "full", level, billable: !call.test && (await isBillable(ctx, orgId, call)) };
}

/** The check that failed open did not know a demo organisation; now it may. */
async function isBillable(ctx: Ctx, orgId: string, { id, metadata }: CallRef): Promise<boolean> {
  if (metadata?.billable !== undefined && !metadata.failOpen) return metadata.billable;
  const gate = await checkCredits(ctx, { orgId, channel: "voice", providerRef: id });
  return gate.kind === "degrade" || gate.billable;
}
