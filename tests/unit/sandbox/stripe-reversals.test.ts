import type Stripe from "stripe";
import { expect, test } from "vitest";
import { deliveredTo, failureOf, startStripe } from "./stripe-support";
import type { Receiver } from "./support";

const payTen = (stripe: Stripe, method = "pm_card_visa") =>
  stripe.paymentIntents.create({ amount: 1_000, currency: "gbp", payment_method: method, confirm: true });

const chargeOf = async (stripe: Stripe, intent: Stripe.PaymentIntent) =>
  stripe.charges.retrieve(String(intent.latest_charge), { expand: ["refunds"] });

const told = (receiver: Receiver, pattern: RegExp) =>
  deliveredTo(receiver)
    .filter(({ type }) => pattern.test(type))
    .map(({ type, data }) => [type, data.previous_attributes]);

test("refunds add up to the charge and no further", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const intent = await payTen(stripe);
  const first = await stripe.refunds.create({
    payment_intent: intent.id,
    amount: 300,
    metadata: { why: "unused" },
  });
  expect(first).toMatchObject({ status: "succeeded", amount: 300, charge: intent.latest_charge });
  expect(await chargeOf(stripe, intent)).toMatchObject({ amount_refunded: 300, refunded: false });
  const more = await failureOf(stripe.refunds.create({ payment_intent: intent.id, amount: 701 }));
  expect(more.message).toBe("Refund amount (£7.01) is greater than unrefunded amount on charge (£7.00)");
  expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(700);
  const charge = await chargeOf(stripe, intent);
  expect(charge).toMatchObject({ amount_refunded: 1_000, refunded: true });
  expect(charge.refunds?.data.map(({ amount }) => amount)).toEqual([700, 300]);
  expect(await failureOf(stripe.refunds.create({ charge: charge.id }))).toMatchObject({
    code: "charge_already_refunded",
  });
  await sandbox.control.flush();
  expect(told(receiver, /refund/)).toEqual([
    ["refund.created", undefined],
    ["charge.refunded", { amount_refunded: 0 }],
    ["refund.created", undefined],
    ["charge.refunded", { amount_refunded: 300, refunded: false }],
  ]);
});

test("a refund that fails gives the money back to us", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const intent = await payTen(stripe);
  const { refund, moveRefund } = sandbox.control.stripe;
  const failed = await refund({ paymentIntent: intent.id, amount: 400, status: "failed" });
  expect(failed.status).toBe("failed");
  expect(await chargeOf(stripe, intent)).toMatchObject({ amount_refunded: 0, refunded: false });
  const pending = await refund({ paymentIntent: intent.id, status: "pending" });
  expect((await stripe.refunds.retrieve(pending.id)).status).toBe("pending");
  await moveRefund(pending.id, "succeeded");
  expect((await stripe.refunds.retrieve(pending.id)).status).toBe("succeeded");
  await sandbox.control.flush();
  expect(told(receiver, /^refund\.(updated|failed)/).map(([type]) => type)).toEqual([
    "refund.updated",
    "refund.failed",
    "refund.updated",
  ]);
});

test("what was not paid cannot be refunded", async () => {
  const { stripe } = await startStripe();
  const { id } = await stripe.paymentIntents.create({ amount: 1_000, currency: "gbp" });
  await failureOf(stripe.refunds.create({ payment_intent: id }));
  expect(await failureOf(stripe.refunds.create({}))).toMatchObject({ code: "parameter_missing" });
});

test("a disputing card is disputed once it has paid; the money leaves, and comes back when it is won", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const intent = await payTen(stripe, "pm_card_createDispute");
  expect(intent.status).toBe("succeeded");
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  expect(dispute).toMatchObject({ status: "needs_response", reason: "fraudulent", amount: 1_000 });
  expect((await chargeOf(stripe, intent)).disputed).toBe(true);
  expect(await failureOf(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
    code: "charge_disputed",
  });
  await stripe.disputes.update(dispute?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
  await sandbox.control.flush();
  expect(told(receiver, /dispute/)).toMatchObject([
    ["charge.dispute.created", undefined],
    ["charge.dispute.funds_withdrawn", undefined],
    ["charge.dispute.updated", {}],
    ["charge.dispute.updated", { status: "needs_response" }],
    ["charge.dispute.funds_reinstated", { status: "under_review" }],
    ["charge.dispute.closed", { status: "under_review" }],
  ]);
});

test("disputes of any payment are opened, lost, and won after all", async () => {
  const { sandbox, stripe } = await startStripe();
  const intent = await payTen(stripe);
  const { dispute, moveDispute, list } = sandbox.control.stripe;
  const opened = await dispute({ paymentIntent: intent.id, amount: 400, kind: "product_not_received" });
  expect(opened).toMatchObject({ amount: 400, payment_intent: intent.id, is_charge_refundable: false });
  expect((await stripe.disputes.close(opened.id)).status).toBe("lost");
  expect((await moveDispute(opened.id, "won")).status).toBe("won");
  const events = await list("events", { type: "charge.dispute.closed" });
  expect(events.map(({ data }) => Reflect.get(data.object, "status"))).toEqual(["won", "lost"]);
});

test("an inquiry takes no money, until it becomes a dispute", async () => {
  const { sandbox, stripe } = await startStripe();
  const intent = await payTen(stripe);
  const { dispute, moveDispute, list } = sandbox.control.stripe;
  const inquiry = await dispute({ paymentIntent: intent.id, kind: "inquiry" });
  expect(inquiry).toMatchObject({ status: "warning_needs_response", is_charge_refundable: true });
  const withdrawn = () => list("events", { type: "charge.dispute.funds_withdrawn" });
  expect(await withdrawn()).toEqual([]);
  await moveDispute(inquiry.id, "needs_response");
  expect(await withdrawn()).toHaveLength(1);
  await moveDispute(inquiry.id, "under_review");
  expect((await stripe.disputes.retrieve(inquiry.id)).status).toBe("under_review");
});
