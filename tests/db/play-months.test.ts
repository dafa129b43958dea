import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { readBalance } from "@/lib/credits/store/balance";
import { followClock } from "@/lib/db/database-clock";
import { closePool } from "@/lib/db/pool";
import { machineClock } from "@/lib/shared/clock";
import { givenAccount } from "../factories/ledger";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startWorker } from "../support/app-process";

// The providers' own button for a month: application, worker and providers go there together.
const databaseUrl = String(process.env.DATABASE_URL);
const sandbox = await startSandbox({
  port: 0,
  smtpPort: 0,
  appUrl: "http://127.0.0.1:9",
  clockDatabaseUrl: databaseUrl,
});
const { hostname, port } = new URL(sandbox.url);
const stripe = new Stripe(String(process.env.STRIPE_SECRET_KEY), {
  host: hostname,
  port: Number(port),
  protocol: "http",
});
const ctx = systemContext("test");
const HOUR_MS = 3_600_000;

let worker: RunningService;
beforeAll(async () => {
  await sandbox.control.settings({ delivery: "manual" });
  worker = await startWorker({ databaseUrl, env: environmentOf(sandbox) });
});
afterAll(async () => {
  await worker.stop();
  await sandbox.stop();
  await closePool();
});

it("next month ends past the next renewal: the allowance is there, then the invoice was finalised and paid", async () => {
  const orgId = await givenAccount(ctx, { allowance: 1_000n });
  await renewAllowance(ctx, orgId);
  const before = await readBalance(orgId);
  const customer = await stripe.customers.create({ name: "Brightside Motors" });
  await sandbox.control.stripe.saveCard({ customer: customer.id, asDefault: true });
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: "price_bay_monthly", quantity: 2 }],
    default_tax_rates: ["txr_vat_20"],
  });
  const subscription = await stripe.subscriptions.retrieve(id);
  const boundary = (subscription.items.data[0]?.current_period_end ?? 0) * 1_000;

  const { now } = await sandbox.control.play("month", "brightside");
  expect(Date.parse(now)).toBeGreaterThan(boundary + HOUR_MS);
  expect(Date.parse(now)).toBeLessThan(boundary + 2 * HOUR_MS);
  await followClock();
  expect(Math.abs(ctx.now().getTime() - Date.parse(now))).toBeLessThan(10_000);
  expect(machineClock().getTime()).toBeLessThan(boundary);

  const invoices = await stripe.invoices.list({ subscription: id });
  expect(invoices.data.map(({ status, billing_reason: why }) => [status, why])).toEqual([
    ["paid", "subscription_cycle"],
    ["paid", "subscription_create"],
  ]);
  // Its events waited all the while: the scheduler alone has renewed.
  expect((await readBalance(orgId)).renewsAt?.getTime()).toBeGreaterThan(
    before.renewsAt?.getTime() ?? Infinity,
  );
});

it("next day is a day, for all of them; the sandbox's reset goes back for none", async () => {
  await followClock();
  const before = ctx.now().getTime();
  const { now } = await sandbox.control.play("day");
  expect(Date.parse(now) - before).toBeGreaterThanOrEqual(24 * HOUR_MS - 10_000);
  await sandbox.control.reset();
  await followClock();
  expect(ctx.now().getTime()).toBeGreaterThanOrEqual(before + 24 * HOUR_MS - 10_000);
});
