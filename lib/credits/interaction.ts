import type { DegradationReason } from "./core/decide-gate";
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
