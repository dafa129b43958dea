import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sampleJson } from "@/tests/factories/samples";
import { API_VERSION } from "@/tests/sandbox/stripe/events";
import { subscribed } from "./stripe-billing-support";
import { openSession, startStripe } from "./stripe-support";

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);

/** Keys which the caller names, or which depend on the kind of what is inside. */
const FREE = ["metadata", "data", "last_payment_error", "payment_method_options", "discount"];

/** What an object lacks or has of another kind, compared with a sample; objects inside it are compared likewise. */
function lacks(sample: Record<string, unknown>, object: Record<string, unknown>, at = ""): string[] {
  return Object.entries(sample).flatMap(([name, expected]) => {
    const where = `${at}.${name}`;
    if (!(name in object)) return [`${where} is missing`];
    const value = object[name];
    if (expected === null || value === null || FREE.includes(name)) return [];
    // An id where the sample has the expanded object, or the other way round, is the same field.
    if (typeof value === "string" && isPlain(expected) && "id" in expected) return [];
    if (kindOf(value) !== kindOf(expected)) return [`${where} is ${kindOf(value)}, not ${kindOf(expected)}`];
    return isPlain(expected) && isPlain(value) ? lacks(expected, value, where) : [];
  });
}

/** One object of every kind, as the SDK hands it to the application. */
async function everything() {
  const { sandbox, stripe } = await startStripe();
  const { customer, session } = await openSession(stripe);
  await sandbox.control.stripe.pay(session.id);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items"] });
  const intent = await stripe.paymentIntents.retrieve(String(paid.payment_intent));
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
  const { id: dispute } = await sandbox.control.stripe.dispute({ paymentIntent: intent.id, amount: 100 });
  const [event] = (await stripe.events.list({ limit: 1 })).data;
  return {
    customer: await stripe.customers.retrieve(customer.id),
    product: await stripe.products.retrieve("prod_starter"),
    price: await stripe.prices.retrieve("price_starter"),
    "checkout.session": paid,
    line_item: paid.line_items?.data[0],
    payment_intent: intent,
    payment_method: await stripe.paymentMethods.retrieve(String(intent.payment_method)),
    charge: await stripe.charges.retrieve(String(intent.latest_charge), { expand: ["refunds"] }),
    refund,
    dispute: await stripe.disputes.retrieve(dispute),
    event,
  };
}

/** The same of a subscription whose bays have changed. */
async function everythingOfBilling() {
  const { sandbox, stripe } = await startStripe();
  const { customer, subscription } = await subscribed({ sandbox, stripe }, { quantity: 2 });
  const [item] = subscription.items.data;
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item?.id ?? "", quantity: 3 }] });
  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice));
  const [payment] = (await stripe.invoicePayments.list({ invoice: invoice.id ?? "" })).data;
  const [pending] = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data;
  const [configuration] = (await stripe.billingPortal.configurations.list()).data;
  const session = await stripe.billingPortal.sessions.create({ customer: customer.id });
  return {
    price: await stripe.prices.retrieve("price_bay_yearly"),
    tax_rate: await stripe.taxRates.retrieve("txr_vat_20"),
    subscription: await stripe.subscriptions.retrieve(subscription.id),
    subscription_item: item,
    invoice,
    invoice_line_item: invoice.lines.data[0],
    invoice_payment: payment,
    invoiceitem: pending,
    "billing_portal.session": session,
    "billing_portal.configuration": configuration,
  };
}

test("events are of the API version to which the installed SDK is pinned", () => {
  expect(API_VERSION).toBe(Stripe.API_VERSION);
});

test("amounts with decimals arrive as the SDK's decimals", async () => {
  const { price, line_item: item } = await everything();
  expect(String(price.unit_amount_decimal)).toBe("1000");
  expect(String(item?.price?.unit_amount_decimal)).toBe("1000");
});

describe("against the sample objects", () => {
  test("every object has at least a sample's fields, of the same kinds", async () => {
    const all = [...Object.entries(await everything()), ...Object.entries(await everythingOfBilling())];
    for (const [name, object] of all) {
      const sample = sampleJson("stripe", `${name}.json`);
      // As it goes over the wire: a decimal is a text.
      const plain = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(object)));
      expect([name, lacks(sample, plain)]).toEqual([name, []]);
    }
  });
});
