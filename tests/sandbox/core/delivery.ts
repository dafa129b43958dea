import type { ProviderName } from "./providers";

/** What came of one attempt to deliver. */
export type Outcome =
  | { kind: "answered"; status: number; headers: Headers; body: string }
  | { kind: "timeout" }
  | { kind: "unreachable"; reason: string };

/** When a provider tries again: `again` says whether, the pauses say how often and how late. */
export interface RetryPolicy {
  pausesMs: readonly number[];
  again: (outcome: Outcome) => boolean;
}

/** One POST of a provider to the application. */
export interface Delivery {
  provider: ProviderName;
  /** Such as `message`, `status:delivered`, `end-of-call-report`. */
  type: string;
  labels: Readonly<Record<string, string>>;
  /** Deliveries of one lane go one after the other, in their order. */
  lane: string;
  url: string;
  body: string;
  /** With the signature over the body; `forged`: with a wrong secret. */
  headers: (body: string, forged: boolean) => Record<string, string>;
  policy: RetryPolicy;
  /** Once no attempt follows. */
  settled?: (outcome: Outcome) => void;
  /** Deliveries with an equal key may be put into one POST. */
  batch?: { key: string; parts: readonly unknown[]; join: (parts: readonly unknown[]) => string };
}

export const isSuccess = (outcome: Outcome): boolean =>
  outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300;

/** One POST for several deliveries: the first one's headers are made for the joined body by its own signer. */
export function joinDeliveries(deliveries: readonly [Delivery, ...Delivery[]]): Delivery {
  const [first] = deliveries;
  if (!first.batch || deliveries.length === 1) return first;
  const parts = deliveries.flatMap((delivery) => delivery.batch?.parts ?? []);
  return {
    ...first,
    type: "batch",
    body: first.batch.join(parts),
    batch: { ...first.batch, parts },
    settled: (outcome) => {
      for (const delivery of deliveries) delivery.settled?.(outcome);
    },
  };
}
