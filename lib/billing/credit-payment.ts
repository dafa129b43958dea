import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, onBehalfOf } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { holdAccount } from "@/lib/credits/hold-account";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { microcredits } from "@/lib/shared/money";
import type { PaymentDecision } from "./core/decide-payment";
import { buyingStoppedBy } from "./purchase-access";
import { findCustomerId } from "./store/customers";
import type { Order } from "./store/orders";
import { recordPurchase } from "./store/purchases";

type PaidOrder = {
  readonly order: Order;
  readonly paymentIntentId: string;
  readonly paidAt: Date;
  readonly decision: Extract<PaymentDecision, { kind: "paid" }>;
};

/**
 * One key for one payment, however it became known: grants once, takes back the difference to what was taken before. What
 * was on its way while nothing could be bought any more is granted all the same, and support is told.
 */
export async function creditPayment(
  ctx: Ctx,
  tx: Queryable,
  { order, paymentIntentId, paidAt, decision }: PaidOrder,
): Promise<void> {
  const { orgId, id: orderId, packName } = order;
  const sourceKey = `stripe:payment_intent:${paymentIntentId}`;
  const boughtWhile = buyingStoppedBy(await holdAccount(ctx, orgId, tx));
  const grant = { orgId, kind: "purchased", key: sourceKey, reason: `Credit pack: ${packName}` } as const;
  const { kind } = await grantCredits(ctx, { ...grant, amount: order.microcredits }, tx);
  const takenBack = microcredits(decision.takenBack);
  await reverseGrant(ctx, { orgId, sourceKey, takenBack, reason: "Refund or dispute at Stripe" }, tx);
  await recordPurchase(tx, {
    ...order,
    ...decision,
    id: ctx.newId(),
    sourceKey,
    source: order.method === "auto_top_up" ? "auto_top_up" : "manual",
    purchasedAt: paidAt,
    boughtWhile,
  });
  // What auto top-up charges by itself stands in its own activity.
  if (kind === "granted" && order.userId !== null)
    await recordChange(onBehalfOf(ctx, "checkout", order.userId), tx, {
      orgId,
      action: "billing/pack-bought",
      subject: packName,
      before: {},
      after: { amount: String(order.microcredits), pricePence: order.pricePence },
    });
  if (kind === "granted" && boughtWhile)
    ctx.log.error(
      { orgId, orderId, paymentIntentId, boughtWhile },
      "a payment came while nothing could be bought",
    );
  const customerId = await findCustomerId(orgId, tx);
  if (customerId) await enqueue(tx, "sync-customer", { customerId });
}
