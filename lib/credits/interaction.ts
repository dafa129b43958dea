import type { DegradationReason, GateDecision } from "./core/decide-gate";
import type { Channel } from "./core/price-usage";

/** A provider's own id names an interaction within its organisation and channel. */
export type InteractionKey = {
  readonly orgId: string;
  readonly channel: Channel;
  readonly providerRef: string;
};

/** How an interaction started. Fixed then, and never changed: level 0 full, 1 and 2 latency ladder, 3 message-taker. */
export type InteractionStart = {
  readonly mode: "full" | "degraded";
  readonly level: 0 | 1 | 2 | 3;
  readonly reason: DegradationReason | null;
  readonly billable: boolean;
  readonly isFallback: boolean;
  readonly failOpen: boolean;
  readonly startedAt: Date;
};

/** An interaction and how it is to start. */
export type StartInput = InteractionKey & { readonly start: InteractionStart };

/**
 * How an interaction starts by the gate's decision. `level` is the latency ladder's, which counts only where credits
 * allow; `test` interactions never bill.
 */
export function startFrom(
  gate: GateDecision,
  startedAt: Date,
  { level = 0, test = false }: { readonly level?: 0 | 1 | 2; readonly test?: boolean } = {},
): InteractionStart {
  const base = { isFallback: false, startedAt };
  return gate.kind === "degrade"
    ? { ...base, mode: "degraded", level: 3, reason: gate.reason, billable: false, failOpen: false }
    : {
        ...base,
        mode: "full",
        level,
        reason: null,
        billable: gate.billable && !test,
        failOpen: gate.failOpen,
      };
}
