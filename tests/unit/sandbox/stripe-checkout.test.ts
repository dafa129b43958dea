import { expect, test } from "vitest";
import {
  CANCEL_URL,
  cardForm,
  deliveredTo,
  failureOf,
  GOOD_CARD,
  openSession,
  startStripe,
  visit,
} from "./stripe-support";

test("a session is paid on its page: the payment exists only from then on, and the card is saved", async () => {
  const { stripe } = await startStripe();
  const { customer, session } = await openSession(stripe);
  expect(session).toMatchObject({
    status: "open",
    payment_status: "unpaid",
    payment_intent: null,
    amount_total: 1_000,
    currency: "gbp",
  });
  const paid = await visit(session.url ?? "", cardForm(GOOD_CARD));
  expect(paid).toMatchObject({ status: 303, location: `http://app.test/credits?paid=${session.id}` });
  const complete = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge", "line_items"],
  });
  expect(complete).toMatchObject({
    status: "complete",
    payment_status: "paid",
    url: null,
    payment_intent: {
      status: "succeeded",
      customer: customer.id,
      metadata: { organisation: "brightside" },
      receipt_email: "owner@brightside.test",
      latest_charge: { object: "charge", paid: true },
    },
    line_items: { data: [{ quantity: 1, amount_total: 1_000, price: { id: "price_starter" } }] },
  });
  const { data: cards } = await stripe.customers.listPaymentMethods(customer.id);
  expect(cards).toMatchObject([{ card: { last4: "4242" }, customer: customer.id }]);
});

test("the page shows what is bought, for how much, the way back, and a field for everything", async () => {
  const { stripe } = await startStripe();
  const { session } = await openSession(stripe, {
    line_items: [
      {
        quantity: 2,
        price_data: { currency: "gbp", unit_amount: 1_250, product_data: { name: "<b>Pack</b>" } },
      },
    ],
  });
  const { status, text } = await visit(session.url ?? "");
  expect(status).toBe(200);
  for (const label of ["Card number", "Expiry", "CVC", "Name on card"])
    expect(text).toContain(`>${label}</label>`);
  expect(text).toContain("Pay £25.00</button>");
  expect(text).toContain("&lt;b&gt;Pack&lt;/b&gt;");
  expect(text).toContain(`href="${CANCEL_URL}"`);
  expect(text).toContain("owner@brightside.test");
  expect(text).not.toMatch(/style="|<style|<script>|https?:\/\/(?!app\.test)/);
});

test("a declined card is told on the page, and the session stays open for another", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const { session } = await openSession(stripe);
  const declined = await visit(session.url ?? "", cardForm("4000 0000 0000 9995"));
  expect(declined.text).toContain("Your card has insufficient funds.");
  expect(declined.text).toContain('value="Sam Ortiz"');
  const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(open).toMatchObject({
    status: "open",
    payment_intent: {
      status: "requires_payment_method",
      last_payment_error: { code: "card_declined", decline_code: "insufficient_funds" },
    },
  });
  await sandbox.control.flush();
  expect(deliveredTo(receiver).map(({ type }) => type)).toContain("payment_intent.payment_failed");
  expect((await visit(session.url ?? "", cardForm(GOOD_CARD))).status).toBe(303);
  expect((await sandbox.control.stripe.counts()).paymentIntents).toBe(1);
});

test("what was mistyped is said, and nothing is tried", async () => {
  const { sandbox, stripe } = await startStripe();
  const { session } = await openSession(stripe);
  const answer = async (form: Record<string, string>) => (await visit(session.url ?? "", form)).text;
  expect(await answer(cardForm("4242424242424241"))).toContain("Your card number is incorrect.");
  expect(await answer(cardForm(GOOD_CARD, { expiry: "13 / 34" }))).toContain("expiry date is invalid");
  expect(await answer(cardForm(GOOD_CARD, { expiry: "12 / 20" }))).toContain("expiry date is invalid");
  expect(await answer(cardForm(GOOD_CARD, { cvc: "1" }))).toContain("security code is incomplete");
  expect((await sandbox.control.stripe.counts()).paymentIntents).toBe(0);
});

test("a card with authentication leads to the bank's page: completing pays, failing leads back", async () => {
  const { stripe } = await startStripe();
  const { session } = await openSession(stripe);
  const url = session.url ?? "";
  const asked = await visit(url, cardForm("4000002760003184"));
  expect(asked.status).toBe(303);
  const bank = asked.location ?? "";
  expect((await visit(bank)).text).toContain("Complete</button>");
  const failed = await visit(bank, { result: "fail" });
  expect(failed).toMatchObject({
    status: 303,
    location: expect.stringMatching(/^\/checkout\/cs_test_.+problem/),
  });
  const back = await visit(new URL(failed.location ?? "", url).href);
  expect(back.text).toContain("We are unable to authenticate your payment method.");
  const again = await visit(url, cardForm("4000002760003184"));
  const passed = await visit(again.location ?? "", { result: "complete" });
  expect(passed.location).toBe(`http://app.test/credits?paid=${session.id}`);
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
});

test("a bare payment is authenticated on the same page, and returns to where the application asked", async () => {
  const { stripe } = await startStripe();
  const intent = await stripe.paymentIntents.create({
    amount: 1_000,
    currency: "gbp",
    payment_method: "pm_card_authenticationRequired",
    confirm: true,
    return_url: "http://app.test/top-up?step=2",
  });
  const bank = intent.next_action?.redirect_to_url?.url ?? "";
  const passed = new URL((await visit(bank, { result: "complete" })).location ?? "");
  expect(Object.fromEntries(passed.searchParams)).toEqual({
    step: "2",
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: "succeeded",
  });
  expect((await visit(bank, { result: "complete" })).text).toContain("Nothing to confirm");
});

test("a second tab never pays twice", async () => {
  const { sandbox, stripe } = await startStripe();
  const { session } = await openSession(stripe);
  const url = session.url ?? "";
  const inTheBank = await visit(url, cardForm("4000002760003184"));
  const [one, other] = await Promise.all([visit(url, cardForm(GOOD_CARD)), visit(url, cardForm(GOOD_CARD))]);
  expect([one.status, other.status].sort()).toEqual([200, 303]);
  expect(one.text + other.text).toContain("This payment is complete");
  expect((await visit(url)).text).toContain("nothing was charged again");
  expect((await visit(inTheBank.location ?? "", { result: "complete" })).text).toContain(
    "This payment is complete",
  );
  const charges = await sandbox.control.stripe.list("charges", { status: "succeeded" });
  expect(charges).toHaveLength(1);
});

test("an expired session takes no money, whether it was expired or its time came", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const { session: asked } = await openSession(stripe);
  await visit(asked.url ?? "", cardForm("4000000000000002"));
  expect((await stripe.checkout.sessions.expire(asked.id)).status).toBe("expired");
  const expiresAt = Math.floor(Date.now() / 1_000) + 31 * 60;
  const { session: timed } = await openSession(stripe, { expires_at: expiresAt });
  await sandbox.control.advance(32 * 60);
  for (const { url } of [asked, timed]) {
    const page = await visit(url ?? "", cardForm(GOOD_CARD));
    expect(page.location).toBeNull();
    expect(page.text).toContain("This checkout has expired");
  }
  await sandbox.control.flush();
  const types = deliveredTo(receiver).map(({ type }) => type);
  expect(types.filter((type) => type === "checkout.session.expired")).toHaveLength(2);
  expect(types).toContain("payment_intent.canceled");
  expect(await sandbox.control.stripe.list("charges", { status: "succeeded" })).toEqual([]);
  expect((await failureOf(stripe.checkout.sessions.expire(asked.id))).message).toContain("`expired`");
});

test("a payment of an open session is moved by its page alone", async () => {
  const { sandbox, stripe } = await startStripe();
  const { session } = await openSession(stripe);
  await sandbox.control.stripe.pay(session.id, { card: "4000000000000002" });
  const { payment_intent: id } = await stripe.checkout.sessions.retrieve(session.id);
  expect(await failureOf(stripe.paymentIntents.cancel(String(id)))).toMatchObject({
    code: "payment_intent_unexpected_state",
  });
});

test("sessions can be paid without a browser, and found by customer, payment and status", async () => {
  const { sandbox, stripe } = await startStripe();
  const { customer, session } = await openSession(stripe);
  await openSession(stripe);
  const { pay } = sandbox.control.stripe;
  expect(await pay(session.id, { card: "4000000000009987" })).toMatchObject({
    outcome: "declined",
    declineCode: "lost_card",
  });
  expect(await pay(session.id, { card: "4000002760003184" })).toMatchObject({ outcome: "authentication" });
  const paid = await pay(session.id);
  expect(paid).toMatchObject({ outcome: "paid" });
  expect(await pay(session.id)).toEqual({ outcome: "closed", status: "complete" });
  const intent = "paymentIntent" in paid ? paid.paymentIntent : "";
  for (const filter of [
    { customer: customer.id },
    { payment_intent: intent },
    { status: "complete" as const },
  ])
    expect((await stripe.checkout.sessions.list(filter)).data.map(({ id }) => id)).toEqual([session.id]);
});

test("a bank debit completes the session unpaid, and settles later", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const begin = async () => {
    const { session } = await openSession(stripe, { allowed_payment_method_types: ["card", "bacs_debit"] });
    expect((await visit(session.url ?? "", { method: "bacs_debit" })).status).toBe(303);
    return stripe.checkout.sessions.retrieve(session.id);
  };
  const [good, bad] = [await begin(), await begin()];
  expect(good).toMatchObject({ status: "complete", payment_status: "unpaid" });
  await sandbox.control.stripe.settle(String(good.payment_intent), true);
  await sandbox.control.stripe.settle(String(bad.payment_intent), false);
  expect((await stripe.checkout.sessions.retrieve(good.id)).payment_status).toBe("paid");
  expect((await stripe.checkout.sessions.retrieve(bad.id)).payment_status).toBe("unpaid");
  await sandbox.control.flush();
  const types = deliveredTo(receiver).map(({ type }) => type);
  expect(types).toContain("checkout.session.async_payment_succeeded");
  expect(types).toContain("checkout.session.async_payment_failed");
});

test("what Checkout cannot do is refused with a reason", async () => {
  const { stripe } = await startStripe();
  expect((await failureOf(openSession(stripe, { mode: "setup" }))).message).toContain("mode=setup");
  const unknown = await failureOf(openSession(stripe, { line_items: [{ price: "price_no" }] }));
  expect(unknown).toMatchObject({ code: "resource_missing", param: "line_items[0][price]" });
  const soon = await failureOf(openSession(stripe, { expires_at: Math.floor(Date.now() / 1_000) + 60 }));
  expect(soon.message).toContain("at least 30 minutes");
});

test("a paid charge has a receipt", async () => {
  const { sandbox, stripe } = await startStripe();
  const { session } = await openSession(stripe);
  await sandbox.control.stripe.pay(session.id);
  const [charge] = (await stripe.charges.list()).data;
  const receipt = await visit(charge?.receipt_url ?? "");
  expect(receipt.text).toContain("£10.00");
  expect(receipt.text).toContain("visa ending 4242");
});
