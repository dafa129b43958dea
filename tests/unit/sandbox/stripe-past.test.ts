import { describe, expect, it } from "vitest";
import { type Billing, lay } from "./stripe-billing-support";
import { cardForm, startStripe, visit } from "./stripe-support";

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1_000);

const invoicesOf = async ({ stripe }: Billing, customer: string) =>
  (await stripe.invoices.list({ customer, limit: 100 })).data;

describe("a customer's past", () => {
  it("is a year of paid invoices, each of its own day, of which nobody is told", async () => {
    const billing = await startStripe();
    await billing.sandbox.control.settings({ delivery: "manual" });
    const { customer, subscription } = await lay(billing);
    const invoices = await invoicesOf(billing, customer);
    expect(invoices.length).toBeGreaterThanOrEqual(12);
    expect(new Set(invoices.map(({ status, total }) => `${status} ${total}`))).toEqual(
      new Set(["paid 48000"]),
    );
    expect(new Set(invoices.map(({ number }) => number)).size).toBe(invoices.length);
    const days = invoices.map(({ created }) => Math.floor(created / DAY));
    expect(Math.max(...days.slice(0, -1).map((day, index) => day - (days[index + 1] ?? 0)))).toBeLessThan(32);
    expect(await billing.stripe.subscriptions.retrieve(subscription)).toMatchObject({
      status: "active",
      customer,
    });
    expect(await billing.sandbox.control.pending()).toBe(0);
  });

  it("is the same after a reset, and is laid once", async () => {
    const billing = await startStripe();
    const { customer, subscription } = await lay(billing);
    const before = (await invoicesOf(billing, customer)).map(({ id }) => id);
    expect(await lay(billing)).toEqual({ customer, subscription });
    await billing.sandbox.control.reset();
    expect((await invoicesOf(billing, customer)).map(({ id }) => id)).toEqual(before);
  });

  it("may end with a card that was refused, which can be paid with another", async () => {
    const billing = await startStripe();
    const { customer, subscription } = await lay(billing, { refusedFrom: now() - 20 * DAY });
    const [newest] = await invoicesOf(billing, customer);
    expect(newest).toMatchObject({
      status: "open",
      attempted: true,
      next_payment_attempt: expect.any(Number),
    });
    const status = async () => (await billing.stripe.subscriptions.retrieve(subscription)).status;
    expect(await status()).toBe("past_due");
    const paid = await visit(newest?.hosted_invoice_url ?? "", cardForm("5555555555554444"));
    expect([paid.status, await status()]).toEqual([303, "active"]);
  });

  it("may have ended", async () => {
    const billing = await startStripe();
    const canceledAt = now() - 3 * DAY;
    const { subscription } = await lay(billing, { canceledAt });
    expect(await billing.stripe.subscriptions.retrieve(subscription)).toMatchObject({
      status: "canceled",
      ended_at: canceledAt,
    });
  });
});
