import {
  divideHalfUp,
  type Microcredits,
  type MicroGbp,
  type MicroUsd,
  microcredits,
  microGbp,
} from "@/lib/shared/money";

export type Channel = "voice" | "whatsapp" | "sms" | "diagnostics";

/** Configured prices. Ratios are microcredits per US cent; the version is kept with every entry they price. */
export type Rates = {
  readonly version: string;
  readonly microcreditsPerCent: Readonly<Record<Channel, bigint>>;
  readonly microGbpPerUsd: bigint;
};

export type Price = { readonly microcredits: Microcredits; readonly spend: MicroGbp };

const MICRO_USD_PER_CENT = 10_000n;
const MICRO_PER_UNIT = 1_000_000n;

/** What a provider's cost takes from the balance, and what it adds to a trial's spend. Both round half up. */
export function priceUsage(rates: Rates, channel: Channel, cost: MicroUsd): Price {
  return {
    microcredits: microcredits(divideHalfUp(cost * rates.microcreditsPerCent[channel], MICRO_USD_PER_CENT)),
    spend: spendOf(rates, cost),
  };
}

/** What a provider's cost adds to a trial's spend, rounded half up. */
export const spendOf = (rates: Rates, cost: MicroUsd): MicroGbp =>
  microGbp(divideHalfUp(cost * rates.microGbpPerUsd, MICRO_PER_UNIT));
