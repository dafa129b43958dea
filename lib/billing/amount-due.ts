import { isPaused, nextAttempt } from "./core/amount-due";
import { bestLiving, type Known } from "./core/decide-subscription";
import { invoicePage } from "./invoice-paths";
import { type MirroredInvoice, openInvoicesOf } from "./store/invoices";

/** What an unpaid subscription owes; amounts in pence, VAT included. */
export type AmountDue = {
  readonly totalPence: number;
  /** When Stripe tries the card again, ISO 8601; null: it does not. */
  readonly nextAttempt: string | null;
  /** Oldest first. */
  readonly invoices: readonly {
    readonly id: string;
    /** ISO 8601. */
    readonly date: string;
    /** What is left to pay of it. */
    readonly amountPence: number;
    /** Our own address, which leads to Stripe's page where it is paid; null where Stripe has none. */
    readonly pageUrl: string | null;
  }[];
};

export type Unpaid = {
  /** Null: no invoice is open. */
  readonly due: AmountDue | null;
  /** Stripe has paused the subscription, and nothing is to be paid. */
  readonly paused: boolean;
};

/** Why a subscription that is past due gives no new credits, by what Stripe last said. */
export async function readUnpaid(orgId: string, known: readonly Known[], now: Date): Promise<Unpaid> {
  const facts = bestLiving(known)?.facts;
  const open = facts ? await openInvoicesOf(orgId, facts.subscriptionId) : [];
  return { due: open.length > 0 ? toDue(open, now) : null, paused: isPaused(facts?.status, open) };
}

const toDue = (open: readonly MirroredInvoice[], now: Date): AmountDue => ({
  totalPence: open.reduce((sum, { remainingPence }) => sum + remainingPence, 0),
  nextAttempt: nextAttempt(open, now)?.toISOString() ?? null,
  invoices: open.map(({ invoiceId, finalisedAt, createdAt, remainingPence, hasPage }) => ({
    id: invoiceId,
    date: (finalisedAt ?? createdAt).toISOString(),
    amountPence: remainingPence,
    pageUrl: hasPage ? invoicePage(invoiceId) : null,
  })),
});
