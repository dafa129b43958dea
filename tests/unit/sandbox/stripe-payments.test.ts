import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { failureOf, startStripe } from "./stripe-support";

const POUNDS_TEN = { amount: 1_000, currency: "gbp" } as const;

const brightside = (stripe: Stripe) => stripe.customers.create({ name: "Brightside" });

/** Charges a saved card while nobody is there, as a top-up does. */
const topUp = (stripe: Stripe, customer: string, method: string) =>
  stripe.paymentIntents.create({
    ...POUNDS_TEN,
    customer,
    payment_method: method,
    off_session: true,
    confirm: true,
  });

test("a saved card is charged while nobody is there", async () => {
  const { stripe } = await startStripe();
  const customer = await brightside(stripe);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  expect(method).toMatchObject({ customer: customer.id, card: { brand: "visa", last4: "4242" } });
  const intent = await topUp(stripe, customer.id, method.id);
  expect(intent).toMatchObject({ status: "succeeded", amount_received: 1_000, payment_method: method.id });
  const [charge] = (await stripe.charges.list({ payment_intent: intent.id })).data;
  expect(charge).toMatchObject({ id: intent.latest_charge, status: "succeeded", paid: true, amount: 1_000 });
});

test("an unconfirmed payment waits, and is charged once however often it is confirmed", async () => {
  const { sandbox, stripe } = await startStripe();
  const customer = await brightside(stripe);
  const method = await stripe.paymentMethods.attach("pm_card_mastercard", { customer: customer.id });
  const created = await stripe.paymentIntents.create({
    ...POUNDS_TEN,
    customer: customer.id,
    payment_method: method.id,
  });
  expect(created.status).toBe("requires_confirmation");
  expect((await stripe.paymentIntents.confirm(created.id, { off_session: true })).status).toBe("succeeded");
  const again = await failureOf(stripe.paymentIntents.confirm(created.id, { off_session: true }));
  expect(again).toMatchObject({
    code: "payment_intent_unexpected_state",
    payment_intent: { status: "succeeded" },
  });
  expect((await sandbox.control.stripe.counts()).charges).toBe(1);
});

describe("a refused card", () => {
  const CASES = [
    ["4000000000000002", "card_declined", "generic_decline"],
    ["4000000000009995", "card_declined", "insufficient_funds"],
    ["4000000000009987", "card_declined", "lost_card"],
    ["4000000000009979", "card_declined", "stolen_card"],
    ["4000000000000069", "expired_card", "expired_card"],
    ["4000000000000127", "incorrect_cvc", "incorrect_cvc"],
    ["4000000000000119", "processing_error", "processing_error"],
  ] as const;

  test("tells why, and the payment can be tried with another", async () => {
    const { stripe } = await startStripe();
    for (const [number, code, declineCode] of CASES) {
      const method = await stripe.paymentMethods.create({
        type: "card",
        card: { number, exp_month: 12, exp_year: 2040, cvc: "123" },
      });
      const intent = await stripe.paymentIntents.create({ ...POUNDS_TEN, payment_method: method.id });
      const refused = await failureOf(stripe.paymentIntents.confirm(intent.id));
      expect(refused).toMatchObject({
        type: "StripeCardError",
        statusCode: 402,
        code,
        decline_code: declineCode,
        payment_intent: { id: intent.id, status: "requires_payment_method", last_payment_error: { code } },
        payment_method: { id: method.id },
      });
      expect(await stripe.charges.retrieve(refused.charge ?? "")).toMatchObject({
        status: "failed",
        paid: false,
        failure_code: code,
      });
      const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
      expect(paid).toMatchObject({ status: "succeeded", last_payment_error: null });
    }
  });

  test("cannot be saved", async () => {
    const { stripe } = await startStripe();
    const customer = await brightside(stripe);
    const refused = failureOf(
      stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: customer.id }),
    );
    expect(await refused).toMatchObject({ type: "StripeCardError", decline_code: "generic_decline" });
    await failureOf(stripe.customers.create({ name: "Lowfell", payment_method: "pm_card_chargeDeclined" }));
    expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(["Brightside"]);
  });

  test("is no card at all where the number is wrong", async () => {
    const { stripe } = await startStripe();
    const create = (number: string) =>
      failureOf(
        stripe.paymentMethods.create({ type: "card", card: { number, exp_month: 12, exp_year: 2040 } }),
      );
    expect(await create("4242424242424241")).toMatchObject({ code: "incorrect_number" });
    expect(await create("4242")).toMatchObject({ code: "invalid_number" });
    expect(await create("4929000000006")).toMatchObject({ decline_code: "test_mode_live_card" });
  });
});

test("a card that fails later is saved, pays while the customer is there, and is refused afterwards", async () => {
  const { stripe } = await startStripe();
  const customer = await brightside(stripe);
  const method = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  const there = await stripe.paymentIntents.create({
    ...POUNDS_TEN,
    customer: customer.id,
    payment_method: method.id,
    confirm: true,
  });
  expect(there.status).toBe("succeeded");
  expect(await failureOf(topUp(stripe, customer.id, method.id))).toMatchObject({
    decline_code: "generic_decline",
  });
});

test("any saved card can be told to fail from now on, and to work again", async () => {
  const { sandbox, stripe } = await startStripe();
  const customer = await brightside(stripe);
  const method = await sandbox.control.stripe.saveCard({ customer: customer.id, asDefault: true });
  const { invoice_settings: settings } = await sandbox.control.stripe
    .list("customers", { id: customer.id })
    .then(([found]) => found ?? customer);
  expect(settings.default_payment_method).toBe(method.id);
  await sandbox.control.stripe.declineCard(method.id, "stolen_card");
  expect(await failureOf(topUp(stripe, customer.id, method.id))).toMatchObject({
    decline_code: "stolen_card",
  });
  await sandbox.control.stripe.declineCard(method.id, null);
  expect((await topUp(stripe, customer.id, method.id)).status).toBe("succeeded");
});

describe("authentication", () => {
  test("is asked for while the customer is there, and refused while not", async () => {
    const { stripe } = await startStripe();
    const customer = await brightside(stripe);
    const method = await stripe.paymentMethods.attach("pm_card_authenticationRequired", {
      customer: customer.id,
    });
    const refused = await failureOf(topUp(stripe, customer.id, method.id));
    expect(refused).toMatchObject({
      statusCode: 402,
      code: "authentication_required",
      payment_intent: { status: "requires_payment_method" },
    });
    const asking = await stripe.paymentIntents.confirm(refused.payment_intent?.id ?? "", {
      payment_method: method.id,
      return_url: "http://app.test/back",
    });
    expect(asking).toMatchObject({
      status: "requires_action",
      next_action: { type: "redirect_to_url", redirect_to_url: { return_url: "http://app.test/back" } },
    });
  });

  test("once passed pays, once failed does not", async () => {
    const { sandbox, stripe } = await startStripe();
    const begin = () =>
      stripe.paymentIntents.create({
        ...POUNDS_TEN,
        payment_method: "pm_card_threeDSecure2Required",
        confirm: true,
      });
    const [passed, failed] = [await begin(), await begin()];
    expect(await sandbox.control.stripe.authenticate(passed.id, true)).toMatchObject({ outcome: "paid" });
    expect((await stripe.paymentIntents.retrieve(passed.id)).status).toBe("succeeded");
    expect(await sandbox.control.stripe.authenticate(failed.id, false)).toMatchObject({
      outcome: "declined",
      code: "payment_intent_authentication_failure",
    });
    expect((await stripe.paymentIntents.retrieve(failed.id)).status).toBe("requires_payment_method");
  });

  test("of a card that is saved with it is not asked for again", async () => {
    const { sandbox, stripe } = await startStripe();
    const customer = await brightside(stripe);
    const first = await stripe.paymentIntents.create({
      ...POUNDS_TEN,
      customer: customer.id,
      payment_method: "pm_card_authenticationRequiredOnSetup",
      setup_future_usage: "off_session",
      confirm: true,
    });
    expect(first.status).toBe("requires_action");
    await sandbox.control.stripe.authenticate(first.id, true);
    const [saved] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    expect((await topUp(stripe, customer.id, saved?.id ?? "")).status).toBe("succeeded");
  });

  test("can be refused outright, and can be followed by a decline", async () => {
    const { sandbox, stripe } = await startStripe();
    const outright = await failureOf(
      stripe.paymentIntents.create({
        ...POUNDS_TEN,
        payment_method: "pm_card_authenticationRequired",
        confirm: true,
        error_on_requires_action: true,
      }),
    );
    expect(outright).toMatchObject({ code: "authentication_required" });
    const poor = await stripe.paymentIntents.create({
      ...POUNDS_TEN,
      payment_method: "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
      confirm: true,
    });
    expect(await sandbox.control.stripe.authenticate(poor.id, true)).toMatchObject({
      outcome: "declined",
      declineCode: "insufficient_funds",
    });
  });
});

test("a payment that is given up cannot be confirmed, and one that is made cannot be given up", async () => {
  const { stripe } = await startStripe();
  const intent = await stripe.paymentIntents.create({ ...POUNDS_TEN, payment_method: "pm_card_visa" });
  const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: "abandoned" });
  expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned" });
  const late = await failureOf(stripe.paymentIntents.confirm(intent.id));
  expect(late).toMatchObject({ code: "payment_intent_unexpected_state" });
  const paid = await stripe.paymentIntents.create({
    ...POUNDS_TEN,
    payment_method: "pm_card_visa",
    confirm: true,
  });
  expect(await failureOf(stripe.paymentIntents.cancel(paid.id))).toMatchObject({
    code: "payment_intent_unexpected_state",
  });
});

test("a card belongs to one customer, has the fingerprint of its number, and is gone once detached", async () => {
  const { stripe } = await startStripe();
  const [customer, stranger] = [await brightside(stripe), await brightside(stripe)];
  const first = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const second = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const other = await stripe.paymentMethods.attach("pm_card_mastercard", { customer: customer.id });
  expect(second.card?.fingerprint).toBe(first.card?.fingerprint);
  expect(other.card?.fingerprint).not.toBe(first.card?.fingerprint);
  await failureOf(topUp(stripe, stranger.id, first.id));
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: first.id } });
  await stripe.paymentMethods.detach(first.id);
  await failureOf(topUp(stripe, customer.id, first.id));
  const left = await stripe.paymentMethods.list({ customer: customer.id, type: "card" });
  expect(left.data.map(({ id }) => id)).toEqual([other.id, second.id]);
  const { invoice_settings: settings } = await stripe.customers
    .list({ limit: 2 })
    .then(({ data }) => data.find(({ id }) => id === customer.id) ?? customer);
  expect(settings.default_payment_method).toBeNull();
});

test("less than thirty pence, and payments by nobody, are refused", async () => {
  const { stripe } = await startStripe();
  const small = await failureOf(stripe.paymentIntents.create({ amount: 29, currency: "gbp" }));
  expect(small).toMatchObject({ code: "amount_too_small" });
  const intent = await stripe.paymentIntents.create(POUNDS_TEN);
  expect(await failureOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
    code: "payment_intent_unexpected_state",
  });
});
