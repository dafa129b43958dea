import type { Ctx } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import { type InteractionStart, startFrom } from "@/lib/credits/interaction";
import type { CallRef } from "./call";

/**
 * How a call whose start was never stored began, from its assistant's metadata (the delivery was verified, and the
 * metadata is our own answer coming back): the static fallback, degraded, or full. Nothing says how a call without
 * metadata began: it is taken for what the gate would make of it now, so that an exhausted organisation slides no further
 * and its caller is rung back. Settling looks again whether the organisation is a demo.
 */
export async function assumeStart(
  ctx: Ctx,
  orgId: string,
  call: CallRef,
  startedAt: Date,
): Promise<InteractionStart> {
  const { metadata } = call;
  if (!metadata?.mode && !metadata?.isFallback) {
    const gate = await checkCredits(ctx, { orgId, channel: "voice", providerRef: call.id });
    return startFrom(gate, startedAt, { test: call.test });
  }
  const failOpen = metadata?.failOpen ?? false;
  if (metadata?.isFallback)
    return { mode: "full", level: 0, reason: null, billable: false, isFallback: true, failOpen, startedAt };
  if (metadata?.mode === "degraded")
    return startFrom({ kind: "degrade", reason: metadata.reason ?? "credit-exhaustion" }, startedAt);
  const level = metadata?.level === 1 || metadata?.level === 2 ? metadata.level : 0;
  const billable = metadata?.billable ?? true;
  return startFrom({ kind: "allow", billable, failOpen }, startedAt, { level, test: call.test });
}
