export type BillingInterval = "month" | "year";

/** The plan's prices for one bay, in pence without VAT. */
export type PlanPrices = {
  readonly monthlyPence: number;
  /** A whole year, billed at once. */
  readonly yearlyPence: number;
  readonly taxPercent: number;
  /** Whole credits a month. */
  readonly creditsPerBay: number;
};

export type PlanChoice = { readonly bays: number; readonly interval: BillingInterval };

export type PlanPrice = {
  /** One bay for one month, however it is billed. */
  readonly perBayPence: number;
  /** All bays for one billing interval; VAT apart, and with it. */
  readonly netPence: number;
  readonly vatPence: number;
  readonly totalPence: number;
  readonly creditsPerMonth: number;
  /** What billing yearly saves against twelve months, in whole percent; 0 where it saves nothing. */
  readonly savePercent: number;
};

const MONTHS = 12;

/** What a choice costs. Rounded once, on the VAT of all bays, half up; the saving is rounded down. */
export function planPrice(plan: PlanPrices, { bays, interval }: PlanChoice): PlanPrice {
  const { monthlyPence, yearlyPence, taxPercent, creditsPerBay } = plan;
  const netPence = bays * (interval === "year" ? yearlyPence : monthlyPence);
  const vatPence = vatOf(netPence, taxPercent);
  const wholeYearPence = MONTHS * monthlyPence;
  const saved = wholeYearPence - yearlyPence;
  return {
    perBayPence: interval === "year" ? Math.round(yearlyPence / MONTHS) : monthlyPence,
    netPence,
    vatPence,
    totalPence: netPence + vatPence,
    creditsPerMonth: bays * creditsPerBay,
    savePercent: saved > 0 ? Math.floor((saved * 100) / wholeYearPence) : 0,
  };
}

/** In ten-thousandths of a percent, as many decimals as Stripe keeps: the product stays a whole number. */
const TAX_UNIT = 10_000;

/** VAT on an amount, half up. */
export function vatOf(netPence: number, taxPercent: number): number {
  const units = netPence * Math.round(taxPercent * TAX_UNIT);
  return Math.floor((2 * units + 100 * TAX_UNIT) / (200 * TAX_UNIT));
}
