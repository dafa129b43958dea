import { describe, expect, it } from "vitest";
import { type Billing, subscribed } from "./stripe-billing-support";
import { cardForm, startStripe, visit } from "./stripe-support";

const MASTERCARD = "5555555555554444";
const DECLINED = "4000000000000002";

async function opened(billing: Billing, quantity = 2) {
  const { customer, subscription } = await subscribed(billing, { quantity });
  const portal = await billing.stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: "http://app.test/settings/billing?portal=back",
  });
  const now = () => billing.stripe.subscriptions.retrieve(subscription.id);
  return { customer, subscription: subscription.id, url: portal.url, now };
}

describe("the portal", () => {
  it("shows subscription, card, invoices and the way back", async () => {
    const { url } = await opened(await startStripe());
    const { text } = await visit(url);
    for (const words of [
      "2 bays, monthly, £100.00 a bay and month: £200.00 plus VAT",
      "Renews on",
      "Visa ending 4242",
      "£240.00",
      "http://app.test/settings/billing?portal=back",
    ])
      expect(text).toContain(words);
  });

  it("changes bays and interval, and refuses what nobody can have", async () => {
    const { url, subscription, now } = await opened(await startStripe());
    expect(await visit(url, { do: "bays", subscription, bays: "5" })).toMatchObject({ status: 303 });
    expect((await now()).items.data[0]?.quantity).toBe(5);
    for (const bays of ["0", "51", "1.5", "many"])
      expect((await visit(url, { do: "bays", subscription, bays })).text).toContain("Choose 1 to 50 bays.");
    expect((await now()).items.data[0]?.quantity).toBe(5);
    await visit(url, { do: "switch", subscription, price: "price_bay_yearly" });
    expect((await now()).items.data[0]).toMatchObject({ quantity: 5, price: { id: "price_bay_yearly" } });
    expect((await visit(url)).text).toContain("Switch to monthly, £100.00 a bay and month");
  });

  it("has fewer bays and a shorter interval at the period's end, shows that, and forgets it for what is chosen next", async () => {
    const { url, subscription, now } = await opened(await startStripe());
    const invoices = async () => (await visit(url)).text.match(/href="\/invoices\//g)?.length;
    await visit(url, { do: "bays", subscription, bays: "1" });
    expect((await now()).items.data[0]?.quantity).toBe(2);
    expect((await now()).schedule).not.toBeNull();
    expect((await visit(url)).text).toMatch(/From \d+ \w+ \d{4}: 1 bay, monthly/);
    expect(await invoices()).toBe(1);
    await visit(url, { do: "bays", subscription, bays: "3" });
    expect((await now()).items.data[0]?.quantity).toBe(3);
    expect((await now()).schedule).toBeNull();
    expect(await invoices()).toBe(2);
    await visit(url, { do: "switch", subscription, price: "price_bay_yearly" });
    await visit(url, { do: "switch", subscription, price: "price_bay_monthly" });
    expect((await now()).items.data[0]?.price.id).toBe("price_bay_yearly");
    expect((await visit(url)).text).toMatch(/From \d+ \w+ \d{4}: 3 bays, monthly/);
  });

  it("cancels at the period's end, and lets it go on", async () => {
    const { url, subscription, now } = await opened(await startStripe());
    await visit(url, { do: "cancel", subscription });
    expect((await now()).cancel_at).toBe((await now()).items.data[0]?.current_period_end);
    expect((await visit(url)).text).toContain("Ends on");
    await visit(url, { do: "resume", subscription });
    expect((await now()).cancel_at).toBeNull();
  });

  it("takes a new card as the default, not one that is declined", async () => {
    const billing = await startStripe();
    const { url, customer } = await opened(billing);
    const declined = await visit(url, { ...cardForm(DECLINED), do: "add-card" });
    expect(declined.text).toContain("Your card was declined.");
    expect(await visit(url, { ...cardForm(MASTERCARD), do: "add-card" })).toMatchObject({ status: 303 });
    const { text } = await visit(url);
    expect(text).toMatch(/Mastercard ending 4444[\s\S]{0,80}<strong>Default<\/strong>/);
    const cards = await billing.stripe.paymentMethods.list({ customer: customer.id });
    const visa = cards.data.find(({ card }) => card?.brand === "visa")?.id ?? "";
    await visit(url, { do: "card", card: visa });
    expect(await billing.stripe.customers.retrieve(customer.id)).toMatchObject({
      invoice_settings: { default_payment_method: visa },
    });
  });

  it("of an unknown session is not found", async () => {
    const { sandbox } = await startStripe();
    expect((await visit(`${sandbox.url}/portal/bps_none`)).status).toBe(404);
  });
});
