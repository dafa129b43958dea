import Stripe from "stripe";
import { expect, test } from "vitest";
import { deliveredTo, openSession, startStripe } from "./stripe-support";
import { SECRETS } from "./support";

const delivery = (effect: { kind: "drop" | "hold" | "reorder" | "forge" | "duplicate" }, type: string) =>
  ({ provider: "stripe", on: "delivery", match: { type }, effect }) as const;

const COMPLETED = "checkout.session.completed";

test("a payment tells its events once, signed so that the SDK accepts them", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const { session } = await openSession(stripe);
  await sandbox.control.stripe.pay(session.id);
  await sandbox.control.flush();
  expect(receiver.got.every(({ path }) => path === "/api/webhooks/stripe")).toBe(true);
  const events = deliveredTo(receiver);
  expect(events.map(({ type }) => type)).toEqual([
    "customer.created",
    "payment_intent.created",
    "charge.succeeded",
    "payment_method.attached",
    "payment_intent.succeeded",
    COMPLETED,
  ]);
  expect(events.at(-1)).toMatchObject({
    object: "event",
    api_version: Stripe.API_VERSION,
    livemode: false,
    data: { object: { id: session.id, status: "complete", payment_status: "paid" } },
  });
});

test("an event names the request that caused it, and holds the object as it was then", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const created = await stripe.customers.create({ name: "Brightside" }, { idempotencyKey: "first" });
  const updated = await stripe.customers.update(created.id, { name: "Brightside Ltd" });
  await sandbox.control.flush();
  const [first, second] = deliveredTo(receiver);
  expect(first).toMatchObject({
    request: { id: created.lastResponse.requestId, idempotency_key: "first" },
    data: { object: { name: "Brightside" } },
  });
  expect(second).toMatchObject({
    type: "customer.updated",
    request: { id: updated.lastResponse.requestId },
    data: { object: { name: "Brightside Ltd" }, previous_attributes: { name: "Brightside" } },
  });
});

test("a forged event is one the SDK refuses", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  await sandbox.control.behave(delivery({ kind: "forge" }, "customer.created"));
  await stripe.customers.create({ name: "Brightside" });
  await sandbox.control.flush();
  expect(() => deliveredTo(receiver)).toThrow(Stripe.errors.StripeSignatureVerificationError);
});

test("events are doubled, lost, held and reordered on request", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  await sandbox.control.behave(
    delivery({ kind: "drop" }, "customer.created"),
    delivery({ kind: "duplicate" }, "payment_intent.created"),
    delivery({ kind: "reorder" }, "charge.succeeded"),
  );
  const { session } = await openSession(stripe);
  await sandbox.control.stripe.pay(session.id);
  await sandbox.control.flush();
  expect(deliveredTo(receiver).map(({ type }) => type)).toEqual([
    "payment_intent.created",
    "payment_intent.created",
    "payment_method.attached",
    "charge.succeeded",
    "payment_intent.succeeded",
    COMPLETED,
  ]);
  const ids = new Set(deliveredTo(receiver).map(({ id }) => id));
  expect(ids.size).toBe(5);
});

test("everything of one customer changes places, also what does not name the customer", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const { customer, session } = await openSession(stripe);
  const match = { type: COMPLETED, customer: customer.id };
  await sandbox.control.behave({ provider: "stripe", on: "delivery", match, effect: { kind: "reorder" } });
  await sandbox.control.stripe.pay(session.id, { card: "4000000000000259" });
  await sandbox.control.flush();
  const types = deliveredTo(receiver).map(({ type }) => type);
  expect(types.slice(-4)).toEqual([
    "charge.updated",
    COMPLETED,
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
  ]);
});

test("an event that is not taken is told again, signed anew; one that is taken is not", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  receiver.answer = () => ({ status: receiver.got.length === 1 ? 500 : 200 });
  const { id } = await stripe.customers.create({ name: "Brightside" });
  const [event] = (await stripe.events.list({ type: "customer.created" })).data;
  expect(event?.pending_webhooks).toBe(1);
  await sandbox.control.flush();
  await sandbox.control.flush();
  await sandbox.control.flush();
  expect(deliveredTo(receiver).map((told) => told.id)).toEqual([event?.id, event?.id]);
  const taken = await stripe.events.retrieve(event?.id ?? "");
  expect(taken).toMatchObject({ pending_webhooks: 0, data: { object: { id } } });
});

test("what was never delivered can still be read, by type and time, and be told again", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  await sandbox.control.behave({ ...delivery({ kind: "drop" }, COMPLETED), times: null });
  const { session } = await openSession(stripe);
  await sandbox.control.stripe.pay(session.id);
  await sandbox.control.flush();
  expect(deliveredTo(receiver).map(({ type }) => type)).not.toContain(COMPLETED);
  const { data } = await stripe.events.list({
    types: ["checkout.session.completed", "checkout.session.expired"],
    created: { gte: session.created },
  });
  expect(data).toMatchObject([{ type: COMPLETED, data: { object: { id: session.id } } }]);
  await sandbox.control.clearBehaviours();
  await sandbox.control.stripe.resend(data[0]?.id ?? "");
  await sandbox.control.flush();
  expect(deliveredTo(receiver).at(-1)?.id).toBe(data[0]?.id);
});

test("deliveries are found in the log by type, without the secret", async () => {
  const { sandbox, stripe } = await startStripe();
  await stripe.customers.create({ name: "Brightside" });
  await sandbox.control.flush();
  const [told] = await sandbox.control.requests({
    provider: "stripe",
    direction: "out",
    type: "customer.created",
  });
  expect(told?.headers["stripe-signature"]).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
  expect(JSON.stringify(await sandbox.control.requests())).not.toContain(SECRETS.stripeSecretKey);
});
