import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { buyPack } from "@/lib/billing/buy-pack";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool } from "@/lib/db/pool";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer, givenPack } from "../factories/buyer";
import { balanceOf } from "../factories/payments";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startApp } from "../support/app-process";
import { cloneDatabase } from "../support/database";
import { repeated } from "../support/effort";
import { serveRoutes } from "../support/serve-routes";

// The application dies by kill -9 at every step from payment to grant. Its database holds it at the step: a trigger that
// waits for a lock which this test has. So nothing in the application knows of it.
const { url: databaseUrl } = await cloneDatabase();
const HELD = 712_002;
const WEBHOOK = "POST /api/webhooks/stripe";

let app: RunningService;

/** What Stripe meets: the address stays when the process behind it changes. */
const forward = async (request: Request): Promise<Response> => {
  const { method, headers } = request;
  const body = await request.arrayBuffer();
  return fetch(`${app.url}/api/webhooks/stripe`, { method, headers, body }).catch(
    () => new Response(null, { status: 502 }),
  );
};

const door = await serveRoutes({ [WEBHOOK]: forward });
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: door.url });
Object.assign(process.env, environmentOf(sandbox));
const warden = new Client({ connectionString: databaseUrl });
const ctx = systemContext("test");
const pack = await givenPack("price_starter");

const start = () => startApp({ databaseUrl, env: environmentOf(sandbox) });

beforeAll(async () => {
  await sandbox.control.settings({ delivery: "manual" });
  await warden.connect();
  await warden.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock(${HELD}); RETURN NULL; END $$`);
  app = await start();
});
afterEach(async () => {
  await sandbox.control.dropDeliveries();
  await sandbox.control.clearBehaviours();
});
afterAll(async () => {
  await app.stop();
  await sandbox.stop();
  await door.stop();
  await warden.end();
  await closePool();
});

async function pay(buyer: Buyer): Promise<void> {
  const { control } = sandbox;
  const { url } = await buyPack(buyer.member, buyer.orgId, pack);
  const session = (await control.stripe.list("sessions")).find((one) => one.url === url);
  expect(await control.stripe.pay(session?.id ?? "")).toMatchObject({ outcome: "paid" });
}

const waiting = async (): Promise<number> => {
  const { rowCount } = await warden.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
  return rowCount ?? 0;
};

/** Kills the application where `reached` says that it has come, and starts it again. */
async function killAt(reached: () => Promise<boolean>, release: () => Promise<unknown>): Promise<void> {
  const delivered = sandbox.control.flush({ provider: "stripe", type: "payment_intent.succeeded" });
  await expect.poll(reached).toBe(true);
  process.kill(app.pid, "SIGKILL");
  await app.stop();
  await release();
  await delivered;
  // What the dead process had begun is rolled back by the database once it notices.
  await expect.poll(waiting).toBe(0);
  app = await start();
}

async function killInDatabase(trigger: string): Promise<void> {
  await warden.query("SELECT pg_advisory_lock($1)", [HELD]);
  await warden.query(trigger);
  await killAt(
    async () => (await waiting()) > 0,
    async () => {
      await warden.query("SELECT pg_advisory_unlock($1)", [HELD]);
      await expect.poll(waiting).toBe(0);
      await warden.query(`DROP TRIGGER held ON ${/ ON (\w+)/.exec(trigger)?.[1]}`);
    },
  );
}

async function killWhileReadingStripe(): Promise<void> {
  const { control } = sandbox;
  const route = "paymentIntents.retrieve";
  await control.behave({ provider: "stripe", on: "rest", match: { route }, effect: { kind: "timeout" } });
  const asked = async () => (await control.requests({ provider: "stripe", direction: "in" })).length;
  const before = await asked();
  await killAt(
    async () => (await asked()) > before,
    async () => {},
  );
}

const after = (change: string, table: string): string =>
  `CREATE TRIGGER held AFTER ${change} ON ${table} FOR EACH ROW EXECUTE FUNCTION hold()`;

const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
  ["while the payment is read from Stripe", killWhileReadingStripe],
  ["when the payment is claimed", () => killInDatabase(after("INSERT", "stripe_payment"))],
  ["when the event is stored", () => killInDatabase(after("INSERT", "provider_event"))],
  ["when the order has moved", () => killInDatabase(after("UPDATE", "credit_order"))],
  ["when the lot is opened", () => killInDatabase(after("INSERT", "credit_lot"))],
  ["when the entry is posted", () => killInDatabase(after("INSERT", "ledger_entry"))],
  ["when the purchase is recorded", () => killInDatabase(after("INSERT", "credit_purchase"))],
  [
    "at the commit",
    () =>
      killInDatabase(
        "CREATE CONSTRAINT TRIGGER held AFTER INSERT ON credit_purchase DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold()",
      ),
  ],
];

test.each(repeated(STEPS))(
  "killed %s, a payment is granted once by Stripe's next delivery",
  async (_, kill) => {
    const buyer = await givenBuyer(ctx);
    await pay(buyer);
    await kill();
    for (let times = 0; times < 2; times++) await sandbox.control.flush({ provider: "stripe", copies: 2 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await findDrift(buyer.orgId)).toEqual([]);
  },
);

test.each(repeated(STEPS))(
  "killed %s, and with every event lost, it is granted once by reconciliation",
  async (_, kill) => {
    const buyer = await givenBuyer(ctx);
    await pay(buyer);
    await kill();
    await sandbox.control.dropDeliveries();
    for (let times = 0; times < 2; times++) await reconcilePayments(ctx, { hours: 1 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await findDrift(buyer.orgId)).toEqual([]);
  },
);
