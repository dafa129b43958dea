import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { supportContext } from "@/lib/auth/context";
import { getPlan } from "@/lib/billing/get-plan";
import { getSubscription, type SubscriptionDto } from "@/lib/billing/get-subscription";
import { listInvoices } from "@/lib/billing/list-invoices";
import { readBalance } from "@/lib/credits/store/balance";
import { closePool, pool } from "@/lib/db/pool";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { logger } from "@/lib/shared/logger";
import { demoId } from "@/prisma/seed/names";
import { DEMO_ORGANISATIONS } from "@/prisma/seed/organisations";
import { seedStripe } from "@/prisma/seed/seed-stripe";
import { seedWindows } from "@/prisma/seed/seed-windows";
import { asMember } from "../factories/ledger";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { cloneDatabase } from "../support/database";

// The demo's garages at the local Stripe: what their pages say is what Stripe has.
await cloneDatabase({ seeded: true });
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
Object.assign(process.env, environmentOf(sandbox));
const ctx = supportContext("seed", { log: logger().child({}, { level: "silent" }) });
const { stripe } = sandbox.control;

afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

const idOf = (slug: string): string => demoId(`organisation:${slug}`);

async function ledger(): Promise<unknown> {
  const { rows } = await pool().query(
    `SELECT count(*) AS entries, sum(amount) AS amount, (SELECT sum(balance) FROM credit_account) AS balance,
            (SELECT string_agg(concat(org_id, state, allowance, renews_at, period_ends_at), ',' ORDER BY org_id) FROM credit_account) AS accounts
     FROM ledger_entry`,
  );
  return rows;
}

/** A garage's subscription as its card shows it, and as Stripe has it. */
async function both(slug: string) {
  const orgId = idOf(slug);
  const member = asMember(ctx, orgId);
  const shown = await getSubscription(member, orgId);
  const { invoices } = await listInvoices(member, orgId);
  const customer = (await stripe.list("customers")).find(({ metadata }) => metadata.org_id === orgId);
  const subscription = (await stripe.list("subscriptions")).find((one) => one.customer === customer?.id);
  const atStripe = (await stripe.list("invoices", { customer: customer?.id ?? "" })).filter(
    ({ status }) => status !== "draft",
  );
  return { shown, invoices, subscription, atStripe };
}

let before: unknown;
beforeAll(async () => {
  before = await ledger();
  await seedStripe(ctx);
});

const shownOf = ({ state, bays, interval, pricePence, vatPence, card, manage }: SubscriptionDto) =>
  [state, bays, interval, pricePence, vatPence, card && `${card.brand} ${card.last4}`, manage].join(" · ");

describe("the demo's subscriptions", () => {
  it.each([
    ["brightside", "active · 4 · month · 40000 · 8000 · visa 4242 · portal"],
    ["lowfell", "active · 4 · year · 360000 · 72000 · mastercard 4444 · portal"],
    ["ironbridge", "active · 4 · month · 40000 · 8000 · visa 4242 · portal"],
    ["oldmill", "grandfathered · 2 · month · 16000 · 3200 · amex 0005 · portal"],
    ["coldstart", "active · 4 · month · 40000 · 8000 · visa 4242 · portal"],
    ["millbrook", "past_due · 4 · month · 40000 · 8000 · visa 4242 · portal"],
    ["harrow", "canceled · 4 · month · 40000 · 8000 · mastercard 4444 · choose"],
    ["quayside", "trial ·  ·  ·  ·  ·  · choose"],
    ["harbour", "trial ·  ·  ·  ·  ·  · choose"],
    ["showroom", "demo ·  ·  ·  ·  ·  · "],
  ])("%s is %s", async (slug, words) => {
    expect(shownOf((await both(slug)).shown)).toBe(words);
  });

  it.each(DEMO_ORGANISATIONS.filter(({ subscribed }) => subscribed).map(({ slug }) => slug))(
    "%s shows what Stripe says, and its invoices are Stripe's",
    async (slug) => {
      const { shown, invoices, subscription, atStripe } = await both(slug);
      const [item] = subscription?.items.data ?? [];
      expect([shown.bays, shown.interval]).toEqual([item?.quantity, item?.price.recurring?.interval]);
      const renews = !["canceled"].includes(shown.state);
      expect(shown.nextInvoice && Date.parse(shown.nextInvoice.date) / 1_000).toBe(
        renews ? item?.current_period_end : null,
      );
      // In the first hour of a period there is one more, which Stripe has not made out yet.
      const made = invoices.filter(({ status }) => status !== "draft");
      expect(invoices.length).toBeGreaterThanOrEqual(Math.min(12, atStripe.length));
      expect(made.map(({ number, amountPence, status }) => [number, amountPence, status])).toEqual(
        atStripe.slice(0, made.length).map(({ number, total, status }) => [number, total, status]),
      );
    },
  );

  it("have their past: a year of invoices, one that is due at millbrook, and none for a trial", async () => {
    const statuses = async (slug: string) => (await both(slug)).atStripe.map(({ status }) => status);
    expect(await statuses("brightside")).toEqual(Array(13).fill("paid"));
    expect(await statuses("lowfell")).toEqual(["paid", "paid"]);
    expect(await statuses("millbrook")).toEqual(["open", ...Array(12).fill("paid")]);
    expect(await statuses("quayside")).toEqual([]);
  });

  it("are sold by the plan, whose prices are Stripe's", async () => {
    const orgId = idOf("quayside");
    expect(await getPlan(asMember(ctx, orgId), orgId)).toMatchObject({
      name: "Torqueflow",
      monthlyPence: 10_000,
      yearlyPence: 90_000,
      taxPercent: 20,
      creditsPerBay: 500,
    });
  });

  it("grant nothing, told nobody, and are the same when they are seeded again", async () => {
    expect(await ledger()).toEqual(before);
    await seedStripe(ctx);
    expect(await ledger()).toEqual(before);
    expect(await sweepCycles({ ...ctx, actor: { kind: "system", name: "test" } })).toMatchObject({
      failed: 0,
    });
    expect(await ledger()).toEqual(before);
    expect((await stripe.list("subscriptions")).length).toBe(7);
    expect(await sandbox.control.pending()).toBe(0);
    expect((await readBalance(idOf("brightside"))).balance).toBeGreaterThan(0n);
  });
});

it("the local Meta knows every window that is open in the demo, of each garage, at each start", async () => {
  const { rows } = await pool().query<{ identity: string; waId: string; endsAt: Date }>(
    `SELECT c.identity, k.wa_id AS "waId", c.window_ends_at AS "endsAt" FROM conversation AS c
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     WHERE c.channel = 'whatsapp' AND c.window_ends_at > now() + interval '1 minute'`,
  );
  expect(new Set(rows.map(({ identity }) => identity)).size).toBeGreaterThan(1);
  await seedWindows(ctx);
  for (const { identity, waId, endsAt } of rows) {
    const { windowClosesAt } = await sandbox.control.customer(identity, `+${waId}`);
    expect(Math.abs(Date.parse(windowClosesAt ?? "") - endsAt.getTime())).toBeLessThan(5_000);
  }
});
