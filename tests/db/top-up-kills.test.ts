import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { credits } from "@/lib/shared/money";
import { givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { balanceOf } from "../factories/payments";
import { givenTopUp, use } from "../factories/top-ups";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startWorker } from "../support/app-process";
import { byTurns } from "../support/effort";

// The worker dies by kill -9 at steps all the way from the claim of a charge to its grant, and no event of Stripe's ever arrives.
// At the database a trigger holds it, which waits for a lock that this test has; at Stripe an answer that does not come.
const HELD = 712_003;
const databaseUrl = String(process.env.DATABASE_URL);
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const warden = new Client({ connectionString: databaseUrl });
const MINUTES_MS = 60_000;

let worker: RunningService | undefined;
const startAgain = async (): Promise<void> => {
  worker ??= await startWorker({ databaseUrl, env: environmentOf(sandbox) });
};

beforeAll(async () => {
  await control.settings({ delivery: "manual" });
  await warden.connect();
  await warden.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock(${HELD}); RETURN NULL; END $$`);
});
afterEach(async () => {
  await control.clearBehaviours();
  await control.stripe.answerLate();
  await control.dropDeliveries();
});
afterAll(async () => {
  await worker?.stop();
  await sandbox.stop();
  await warden.end();
  await closePool();
});

const waiting = async (): Promise<number> => {
  const { rowCount } = await warden.query(
    "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1",
    [HELD],
  );
  return rowCount ?? 0;
};

/** Kills the worker where `reached` says that it has come. */
async function killAt(reached: () => Promise<boolean>, release: () => Promise<unknown>): Promise<void> {
  await expect.poll(reached).toBe(true);
  process.kill(worker?.pid ?? 0, "SIGKILL");
  await worker?.stop();
  worker = undefined;
  await release();
}

type Kill = (cross: () => Promise<unknown>) => Promise<void>;

const atTrigger =
  (trigger: string): Kill =>
  async (cross) => {
    await warden.query("SELECT pg_advisory_lock($1)", [HELD]);
    await warden.query(trigger);
    await cross();
    await killAt(
      async () => (await waiting()) > 0,
      async () => {
        await warden.query("SELECT pg_advisory_unlock($1)", [HELD]);
        await expect.poll(waiting).toBe(0);
        await warden.query(`DROP TRIGGER held ON ${/ ON (\w+)/.exec(trigger)?.[1]}`);
      },
    );
  };

/** Stripe carries out the request; the worker dies before it has the answer. */
const atAnswer =
  (route: string): Kill =>
  async (cross) => {
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route },
      effect: { kind: "late-answer" },
    });
    await cross();
    await killAt(
      async () => (await control.stripe.late()) > 0,
      () => control.stripe.answerLate(),
    );
  };

const after = (change: string, table: string): string =>
  `CREATE TRIGGER held AFTER ${change} ON ${table} FOR EACH ROW EXECUTE FUNCTION hold()`;

const STEPS: readonly (readonly [string, Kill])[] = [
  ["when the attempt is claimed", atTrigger(after("INSERT", "top_up_attempt"))],
  ["when the payment is made at Stripe", atAnswer("paymentIntents.create")],
  ["when the payment's id is stored", atTrigger(after("UPDATE OF payment_intent_id", "top_up_attempt"))],
  ["when the card is asked for", atAnswer("customers.retrieve")],
  ["when the card is stored", atTrigger(after("UPDATE OF payment_method_id", "top_up_attempt"))],
  ["when the payment is confirmed", atAnswer("paymentIntents.confirm")],
  ["when the payment is read again", atAnswer("paymentIntents.retrieve")],
  ["when the lot is opened", atTrigger(after("INSERT", "credit_lot"))],
  ["when the attempt has ended", atTrigger(after("UPDATE OF status", "top_up_attempt"))],
  [
    "at the commit of the grant",
    atTrigger(
      "CREATE CONSTRAINT TRIGGER held AFTER INSERT ON credit_purchase DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold()",
    ),
  ],
];

async function killed(kill: Kill) {
  const buyer = await givenTopUp(ctx, control.stripe, STARTER);
  await startAgain();
  await kill(() => use(ctx, buyer, 100));
  return buyer;
}

async function chargedOnce({ orgId, customer }: Awaited<ReturnType<typeof killed>>): Promise<void> {
  expect(await balanceOf(orgId)).toBe(credits(1_050));
  const intents = await control.stripe.list("paymentIntents", { customer });
  expect(intents.map(({ status }) => status)).toEqual(["succeeded"]);
  expect(await prisma().topUpAttempt.findMany({ where: { orgId } })).toMatchObject([{ status: "paid" }]);
  expect(await prisma().creditPurchase.count({ where: { orgId, source: "auto_top_up" } })).toBe(1);
  expect(await findDrift(orgId)).toEqual([]);
}

test.each(byTurns(0, STEPS))("killed %s, the next worker charges and grants once", async (_, kill) => {
  const buyer = await killed(kill);
  await startAgain();
  await expect.poll(() => balanceOf(buyer.orgId)).toBe(credits(1_050));
  await chargedOnce(buyer);
});

test.each(byTurns(1, STEPS))(
  "killed %s, and with its job lost, reconciliation charges and grants once",
  async (_, kill) => {
    const buyer = await killed(kill);
    await pool().query("DELETE FROM graphile_worker._private_jobs");
    for (let times = 1; times <= 3; times++) {
      ctx.travel(new Date(Date.now() + 3 * times * MINUTES_MS));
      await reconcileTopUps(ctx);
    }
    ctx.travel(new Date());
    await chargedOnce(buyer);
  },
);
