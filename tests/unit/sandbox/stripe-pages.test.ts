import { describe, expect, it } from "vitest";
import { type Billing, openPlan } from "./stripe-billing-support";
import { cardForm, GOOD_CARD, startStripe, visit } from "./stripe-support";

const DECLINED_LATER = "4000000000000341";
const DECLINED = "4000000000000002";
const ASKS = "4000002760003184";

/** A subscription whose first invoice could not be paid. */
async function unpaid({ stripe, sandbox }: Billing) {
  const customer = await stripe.customers.create({ email: "owner@brightside.test", name: "Brightside" });
  await sandbox.control.stripe.saveCard({ customer: customer.id, card: DECLINED_LATER, asDefault: true });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: "price_bay_monthly", quantity: 2 }],
    default_tax_rates: ["txr_vat_20"],
    off_session: true,
  });
  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice));
  expect(invoice.status).toBe("open");
  return { id: invoice.id ?? "", url: invoice.hosted_invoice_url ?? "", number: invoice.number ?? "" };
}

const statusOf = async ({ stripe }: Billing, id: string) => (await stripe.invoices.retrieve(id)).status;

describe("the Checkout of a subscription", () => {
  it("says what is bought, VAT and total, and leads back once it is paid", async () => {
    const { stripe } = await startStripe();
    const { session } = await openPlan(stripe, { quantity: 3 });
    const page = await visit(session.url ?? "");
    for (const words of ["Subscribe to Torqueflow", "× 3 bays", "£300.00", "VAT (20%)", "£60.00", "£360.00"])
      expect(page.text).toContain(words);
    const paid = await visit(session.url ?? "", cardForm(GOOD_CARD));
    expect([paid.status, paid.location]).toEqual([303, expect.stringContaining(`session_id=${session.id}`)]);
    const { subscription } = await stripe.checkout.sessions.retrieve(session.id);
    expect(await stripe.subscriptions.retrieve(String(subscription))).toMatchObject({ status: "active" });
  });
});

describe("the page of an invoice", () => {
  it("that is paid asks for nothing, and its PDF is one", async () => {
    const { stripe, sandbox } = await startStripe();
    const { session } = await openPlan(stripe, { quantity: 2, price: "price_bay_yearly" });
    await sandbox.control.stripe.pay(session.id);
    const { invoice: id } = await stripe.checkout.sessions.retrieve(session.id);
    const invoice = await stripe.invoices.retrieve(String(id));
    const page = await visit(invoice.hosted_invoice_url ?? "");
    expect(page.text).toContain("Invoice paid");
    expect(page.text).not.toContain("<form");
    const file = await fetch(invoice.invoice_pdf ?? "");
    const text = Buffer.from(await file.arrayBuffer()).toString("latin1");
    expect([file.headers.get("content-type"), text.slice(0, 5)]).toEqual(["application/pdf", "%PDF-"]);
    for (const words of [`Invoice ${invoice.number}`, "VAT 20%", "£360.00", "£2,160.00", "%%EOF"])
      expect(text).toContain(words);
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe("xref");
  });

  it("that is open takes another card, after one that is declined", async () => {
    const billing = await startStripe();
    const { id, url, number } = await unpaid(billing);
    const page = await visit(url);
    for (const words of [`Invoice ${number} from Torqueflow`, "Pay £240.00 with Visa ending 0341"])
      expect(page.text).toContain(words);
    expect((await visit(url, cardForm(DECLINED))).text).toContain("Your card was declined.");
    expect((await visit(url, cardForm(GOOD_CARD, { cvc: "1" }))).text).toContain(
      "security code is incomplete",
    );
    expect(await statusOf(billing, id)).toBe("open");
    expect(await visit(url, cardForm(GOOD_CARD))).toMatchObject({ status: 303, location: `/invoices/${id}` });
    expect([await statusOf(billing, id), (await visit(url, cardForm(GOOD_CARD))).text]).toEqual([
      "paid",
      expect.stringContaining("Invoice paid"),
    ]);
  });

  it("that is open is paid after the bank has asked, and not when the customer fails there", async () => {
    const billing = await startStripe();
    const { id, url } = await unpaid(billing);
    const asked = await visit(url, cardForm(ASKS));
    const failed = await visit(asked.location ?? "", { result: "fail" });
    expect([await statusOf(billing, id), (await visit(failed.location ?? "")).text]).toEqual([
      "open",
      expect.stringContaining("The payment was not confirmed."),
    ]);
    const again = await visit(url, cardForm(ASKS));
    await visit(again.location ?? "", { result: "complete" });
    expect(await statusOf(billing, id)).toBe("paid");
  });

  it("that does not exist says so", async () => {
    const { sandbox } = await startStripe();
    expect((await visit(`${sandbox.url}/invoices/in_none`)).status).toBe(404);
  });
});
