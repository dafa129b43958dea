import type { BillingPeriod } from "@/lib/credits/core/billing-cycle";
import { londonDay } from "@/lib/shared/london-time";
import type { BayChange } from "./bay-history";

/** What Stripe says of a subscription's invoice. Amounts in pence of `currency`. */
export type InvoiceFacts = {
  readonly invoiceId: string;
  readonly subscriptionId: string;
  readonly number: string | null;
  /** Stripe's: draft, open, paid, void, uncollectible, or what a later version adds. */
  readonly status: string;
  readonly billingReason: string | null;
  readonly currency: string;
  /** VAT included. */
  readonly totalPence: number;
  readonly taxPence: number;
  readonly remainingPence: number;
  readonly hasPage: boolean;
  readonly hasPdf: boolean;
  /** The time that the subscription itself is billed for, prorations aside; null: for prorations alone. */
  readonly covers: { readonly from: Date; readonly to: Date } | null;
  /** Changes of bays that it credits and charges for. */
  readonly changes: readonly BayChange[];
  readonly createdAt: Date;
  readonly finalisedAt: Date | null;
  readonly nextAttemptAt: Date | null;
};

/**
 * Whether a period of credits is paid for: an invoice that is paid covers its first day and goes beyond it. Stripe bills
 * from the hour at which the subscription began, credits count from midnight before it.
 */
export const isPaidFor = (
  { key }: BillingPeriod,
  invoices: readonly Pick<InvoiceFacts, "status" | "covers">[],
): boolean =>
  invoices.some(
    ({ status, covers }) =>
      status === "paid" && covers !== null && londonDay(covers.from) <= key && londonDay(covers.to) > key,
  );
