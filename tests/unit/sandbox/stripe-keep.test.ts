import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startSandbox } from "@/tests/sandbox/start-sandbox";
import { lay, subscribed } from "./stripe-billing-support";
import { stripeOf, visit } from "./stripe-support";
import { SECRETS } from "./support";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = async () => {
  const stateFile = path.join(folder, "stripe.json");
  const appUrl = "http://127.0.0.1:9";
  const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl, stateFile, secrets: SECRETS });
  await sandbox.control.settings({ delivery: "manual" });
  return { sandbox, stripe: stripeOf(sandbox) };
};

it("Stripe remembers customers, cards, subscriptions and invoices from one start to the next, at its new address", async () => {
  const first = await start();
  const { customer, subscription } = await subscribed(first, { quantity: 3 });
  await first.sandbox.stop();

  const second = await start();
  try {
    const again = await second.stripe.subscriptions.retrieve(subscription.id);
    expect(again).toMatchObject({ customer: customer.id, status: "active" });
    const invoice = await second.stripe.invoices.retrieve(String(again.latest_invoice));
    expect(invoice.hosted_invoice_url).toContain(second.sandbox.url);
    expect((await visit(invoice.hosted_invoice_url ?? "")).text).toContain("Invoice paid");
    // The card is still one that can be charged.
    await second.sandbox.control.advance(32 * 86_400);
    const { data } = await second.stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ status }) => status)).toEqual(["paid", "paid"]);
  } finally {
    await second.sandbox.stop();
  }
});

it("a customer's past that was laid is laid again by a reset, also after a new start", async () => {
  const first = await start();
  const { subscription } = await lay(first);
  await first.sandbox.stop();

  const second = await start();
  try {
    await second.sandbox.control.reset();
    expect(await second.stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "active" });
    expect((await second.stripe.customers.list()).data).toHaveLength(1);
  } finally {
    await second.sandbox.stop();
  }
});

it("a file that cannot be read is no hindrance", async () => {
  writeFileSync(path.join(folder, "stripe.json"), "{ half a");
  const { sandbox, stripe } = await start();
  expect((await stripe.prices.retrieve("price_bay_monthly")).unit_amount).toBe(10_000);
  await sandbox.stop();
});
