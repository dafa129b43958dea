import type { InteractionStart } from "@/lib/credits/interaction";
import type { CallRef } from "./call";

/**
 * How a call whose start was never stored began, from its assistant's metadata (the delivery was verified, and the
 * metadata is our own answer coming back): the static fallback, degraded, or full. Without metadata: full and billable;
 * settling looks again whether the organisation is a demo.
 */
export function assumeStart(call: CallRef, startedAt: Date): InteractionStart {
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
  return { ...base, mode: "full", level, billable: !call.test && (metadata?.billable ?? true) };
}
