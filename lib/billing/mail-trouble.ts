import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { queueMail } from "@/lib/mail/queue-mail";
import type { SubscriptionFacts } from "./core/decide-subscription";
import { openInvoicesOf } from "./store/invoices";

export type Disputed = {
  readonly orgId: string;
  readonly paymentIntentId: string;
  readonly about: "pack" | "subscription";
  /** What was paid for, as the letter names it. */
  readonly name: string;
  readonly amountPence: number;
};

/** Tells the owners that a payment is disputed, once per payment. */
export async function mailDispute(ctx: Ctx, tx: Queryable, disputed: Disputed): Promise<void> {
  const { orgId, paymentIntentId, ...data } = disputed;
  await queueMail(ctx, tx, { orgId, letter: "dispute-opened", cause: `dispute:${paymentIntentId}`, data });
}

/** Tells the owners of the latest invoice of a subscription that is not paid, once per invoice. */
export async function mailFailedPayment(
  ctx: Ctx,
  tx: Queryable,
  orgId: string,
  { subscriptionId }: Pick<SubscriptionFacts, "subscriptionId">,
): Promise<void> {
  const open = (await openInvoicesOf(orgId, subscriptionId, tx)).at(-1);
  if (!open) return;
  await queueMail(ctx, tx, {
    orgId,
    letter: "subscription-payment-failed",
    cause: `invoice:${open.invoiceId}`,
    data: { amountPence: open.remainingPence, nextAttemptAt: open.nextAttemptAt?.toISOString() ?? null },
  });
}
