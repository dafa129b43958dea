import { formatPounds } from "@/lib/shared/money";
import type { FailureReason, PauseReason, WithdrawnReason } from "./decide-top-up";

/** What somebody agrees to. Whole credits, pence. */
export type TopUpTerms = {
  readonly threshold: number;
  readonly pack: { readonly name: string; readonly credits: number; readonly pricePence: number };
  /** Null: no limit. */
  readonly monthlyLimitPence: number | null;
};

const inPounds = (pence: number): string => formatPounds(BigInt(pence) * 10_000n);
const inFull = (value: number): string => value.toLocaleString("en-GB");

/** "Starter - 1,000 credits (£10.00)": an option of the pack's select. */
export const packLabel = ({ name, credits, pricePence }: TopUpTerms["pack"]): string =>
  `${name} - ${inFull(credits)} credits (${inPounds(pricePence)})`;

/** The range that a threshold may be in, as the field's placeholder says it. */
export const thresholdRange = (min: number, max: number): string => `${inFull(min)} to ${inFull(max)}`;

/** The cost preview. */
export const costPreview = ({ threshold, pack }: Pick<TopUpTerms, "threshold" | "pack">): string =>
  `When your balance drops below ${inFull(threshold)} credits, we’ll automatically charge ${inPounds(pack.pricePence)} to your saved card.`;

/** The words of the confirmation: what the dialog shows, the API is told, and the consent keeps. */
export function consentWords(terms: TopUpTerms): string {
  const { pack, monthlyLimitPence } = terms;
  const limit =
    monthlyLimitPence === null
      ? "There is no monthly limit."
      : `No more than ${inPounds(monthlyLimitPence)} is charged in a calendar month.`;
  return `${costPreview(terms)} Each charge buys ${pack.name} - ${inFull(pack.credits)} credits. ${limit}`;
}

/** Said beside them where the balance is below the threshold already. */
export const chargesNowWords = (pricePence: number): string =>
  `Your balance is below this already, so ${inPounds(pricePence)} is charged as soon as you confirm.`;

/** Why nothing more is charged this month, though something is left of the limit. */
export const beyondLimitWords = (pricePence: number, limitPence: number, spentPence: number): string =>
  `Another pack (${inPounds(pricePence)}) would go beyond your monthly limit of ${inPounds(limitPence)} (${inPounds(spentPence)} spent).`;

/** Said beside what is agreed to where the balance is below the threshold already, and the limit leaves no room for a pack. */
export const notBeforeNextMonthWords = (pricePence: number, limitPence: number, spentPence: number): string =>
  `Your balance is below this already. ${beyondLimitWords(pricePence, limitPence, spentPence)} Nothing can be charged before next month.`;

/** Why a confirmation link leads nowhere any more. */
export function deadLinkWords(
  { endedAt, expiresAt }: { readonly endedAt: Date | null; readonly expiresAt: Date },
  enabled: boolean,
): string {
  if (endedAt === null || endedAt >= expiresAt) return "This link has expired. Nothing was charged.";
  return enabled
    ? "Auto top-up has been changed, which ended this link. Nothing was charged."
    : "Auto top-up has been switched off. Nothing was charged.";
}

export const confirmTitle = (enabledBefore: boolean): string =>
  enabledBefore ? "Update Auto Top-Up" : "Enable Auto Top-Up";

/** The sentences of the help page, and those beside them. */
export const TOP_UP_WORDS = {
  noCard: "No saved payment method found. Make a credit purchase to save your card.",
  enabled: "Auto top-up enabled successfully",
  updated: "Auto top-up updated",
  disabled: "Auto top-up disabled",
  lastFailed: "Your last auto top-up failed. Please check your payment method.",
} as const;

/** Why a charge failed, in words that a garage owner understands. */
export const FAILURE_WORDS: Readonly<Record<FailureReason, string>> = {
  insufficient_funds: "Your card has insufficient funds.",
  card_expired: "Your card has expired.",
  card_lost: "Your bank does not accept this card any more.",
  card_invalid: "Your bank does not accept this card for this payment.",
  card_gone: "Your saved card is no longer there.",
  processing_error: "Your bank could not process the payment.",
  authentication_failed: "The payment was not confirmed with your bank.",
  declined: "Your bank declined the payment.",
  refused: "The payment could not be made.",
};

export const PAUSE_WORDS: Readonly<Record<PauseReason, string>> = {
  declined: "Your card was declined three times in a row.",
  hard_decline: "Your bank does not accept your saved card.",
  authentication: "Your bank asked three times for a confirmation that was not given.",
  dispute: "A payment of yours is disputed.",
};

export const WITHDRAWN_WORDS: Readonly<Record<WithdrawnReason, string>> = {
  switched_off: "Not charged: auto top-up was switched off.",
  terms_changed: "Not charged: auto top-up was changed.",
  not_buying: "Not charged: credits could not be bought.",
  not_needed: "Not charged: the balance was no longer below the threshold.",
  paused: "Not charged: auto top-up was paused.",
  pack_unavailable: "Not charged: the credit pack was no longer available.",
  limit_reached: "Not charged: the monthly limit was reached.",
  month_passed: "Not charged: a new month had begun.",
  not_finished: "Not charged: the payment could not be begun.",
  not_paid: "Not charged: the payment was not confirmed in time.",
};
