import { afterAll, expect, it } from "vitest";
import { priceUsage } from "@/lib/credits/core/price-usage";
import type { InteractionStart } from "@/lib/credits/interaction";
import { configuredRates } from "@/lib/credits/rates";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { sendWarning } from "@/lib/credits/send-warning";
import { startInteraction } from "@/lib/credits/start-interaction";
import { settleBatch } from "@/lib/credits/store/settle-batch";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { microUsd } from "@/lib/shared/money";
import { degradedStart, fullStart, givenAccount, grant, testContext } from "../factories/ledger";

afterAll(closePool);

const ctx = testContext();
const EARLIER = new Date("2026-03-10T11:40:00Z");

/** One call to `ledger_settle` in which every report claims to be of a full, billable start of now. */
async function settleReports(reports: readonly { orgId: string; ref: string; cost: number }[]) {
  const all = <T>(value: T): T[] => reports.map(() => value);
  const { rows } = await pool().query(
    `SELECT outcome, mode, level, reason, billable, is_fallback AS "isFallback", fail_open AS "failOpen",
            started_at AS "startedAt"
     FROM ledger_settle($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $6, $10, $6, $11, 'rate', $12, '2026-03-10')
     ORDER BY ord`,
    [
      reports.map((report) => report.orgId),
      all("voice"),
      reports.map((report) => report.ref),
      reports.map((report) => report.cost),
      all(0),
      all(true),
      all("full"),
      all(0),
      all(null),
      all(false),
      all(ctx.now()),
      ctx.now(),
    ],
  );
  return rows;
}

it("each outcome comes with the start that is stored, whatever the report took it for", async () => {
  const orgId = await givenAccount(ctx);
  const store = (providerRef: string, start: InteractionStart) =>
    startInteraction(ctx, { orgId, channel: "voice", providerRef, start });
  const degraded = degradedStart(EARLIER);
  const fallback = { ...fullStart(EARLIER), billable: false, isFallback: true };
  await store("degraded", degraded);
  await store("fallback", fallback);
  const missed = { ...fullStart(ctx.now()), failOpen: true };
  const noStart = Object.fromEntries(Object.keys(missed).map((fact) => [fact, null]));
  const report = (ref: string, cost: number) => ({ orgId, ref, cost });

  expect(await settleReports([report("missed", 4), report("fallback", 5), report("degraded", 6)])).toEqual([
    { outcome: "settled", ...missed },
    { outcome: "settled", ...fallback },
    { outcome: "settled", ...degraded },
  ]);
  expect(
    await settleReports([
      report("degraded", 6),
      { orgId: newId(), ref: "stray", cost: 1 },
      report("fallback", 7),
      report("missed", 4),
    ]),
  ).toEqual([
    { outcome: "duplicate", ...degraded },
    { outcome: "no_account", ...noStart },
    { outcome: "conflict", ...fallback },
    { outcome: "duplicate", ...missed },
  ]);
});

/** Accounts, each with what its next call costs, in millionths of a dollar: 100 microcredits each. */
const SITUATIONS: Readonly<
  Record<string, { cost: bigint; start?: InteractionStart; open: () => Promise<string> }>
> = {
  "a trial on its wake mark": {
    cost: 949_367n, // £0.75
    open: async () => {
      const orgId = await givenAccount(ctx, { state: "trial", trialCap: 1_000_000n });
      await grant(ctx, orgId, 200_000_000n, "gift", "gifted");
      return orgId;
    },
  },
  "a balance on its wake mark": {
    cost: 3n,
    open: async () => {
      const orgId = await givenAccount(ctx, { allowance: 400n });
      await renewAllowance(ctx, orgId);
      return orgId;
    },
  },
  "all kinds of lots": { cost: 1n, open: () => withLots("active") },
  "a demo": { cost: 1n, open: () => withLots("demo") },
  "the whole of the first lot": { cost: 4n, open: () => withLots("active") },
  "more than the first lot": { cost: 6n, open: () => withLots("active") },
  "more than all lots": { cost: 20n, open: () => withLots("active") },
  "no lot": { cost: 2n, open: () => givenAccount(ctx) },
  nothing: { cost: 0n, open: () => withLots("active") },
  "a degraded call": { cost: 5n, start: degradedStart(EARLIER), open: () => withLots("active") },
};

/** Opened in another order than they are drawn in. */
async function withLots(state: "active" | "demo"): Promise<string> {
  const orgId = await givenAccount(ctx, { state, allowance: 400n });
  await grant(ctx, orgId, 300n, "pack");
  await grant(ctx, orgId, 500n, "gift", "gifted");
  await renewAllowance(ctx, orgId);
  return orgId;
}

/** All that a settle writes, without whose it is. */
async function writtenFor(orgId: string): Promise<{ watches: bigint } & Record<string, unknown>> {
  const { rows } = await pool().query(
    `SELECT
       (SELECT to_jsonb(a) - 'org_id' - 'created_at' FROM credit_account AS a WHERE org_id = $1) AS account,
       (SELECT jsonb_agg(to_jsonb(l) - 'org_id' ORDER BY id) FROM credit_lot AS l WHERE org_id = $1) AS lots,
       (SELECT jsonb_agg(to_jsonb(e) - 'org_id' ORDER BY seq) FROM ledger_entry AS e WHERE org_id = $1) AS entries,
       (SELECT jsonb_agg(to_jsonb(i) - 'org_id' ORDER BY provider_ref) FROM interaction AS i WHERE org_id = $1) AS interactions,
       (SELECT jsonb_agg(to_jsonb(d) - 'org_id') FROM usage_daily AS d WHERE org_id = $1) AS days,
       (SELECT count(*) FROM graphile_worker.jobs WHERE key = 'watch-balance:' || $1) AS watches`,
    [orgId],
  );
  return rows[0];
}

const posting = { rateVersion: "rate", at: ctx.now(), day: "2026-03-10" };

/** A call that has started, to be settled. */
async function startedCall(orgId: string, providerRef: string, cost: bigint, start: InteractionStart) {
  const key = { orgId, channel: "voice", providerRef } as const;
  await startInteraction(ctx, { ...key, start });
  return { ...key, cost, ...priceUsage(configuredRates(), "voice", microUsd(cost)), counted: true, start };
}

it("a call that settles alone, and one that settles among many garages', leave the same behind", async () => {
  const given = await Promise.all(
    Object.entries(SITUATIONS).map(async ([name, { cost, start = fullStart(EARLIER), open }]) => {
      const call = async () => {
        const orgId = await open();
        await sendWarning(ctx, orgId);
        await pool().query("SELECT graphile_worker.remove_job($1)", [`watch-balance:${orgId}`]);
        return startedCall(orgId, "call", cost, start);
      };
      return { name, alone: await call(), among: await call() };
    }),
  );
  await settleBatch(
    given.map(({ among }) => among),
    posting,
  );
  const woken: string[] = [];
  for (const { name, alone, among } of given) {
    await settleBatch([alone], posting);
    const written = await writtenFor(alone.orgId);
    expect([name, written]).toEqual([name, await writtenFor(among.orgId)]);
    if (written.watches > 0n) woken.push(name);
  }
  expect(woken).toEqual(expect.arrayContaining(["a trial on its wake mark", "a balance on its wake mark"]));
});

it("calls of one garage leave the same behind together as one by one, free ones among them", async () => {
  const calls = async () => {
    const orgId = await withLots("active");
    const free = await startedCall(orgId, "1 free", 5n, degradedStart(EARLIER));
    const costs = [1n, 2n].map((cost) => startedCall(orgId, `${cost + 1n} full`, cost, fullStart(EARLIER)));
    return { orgId, items: [free, ...(await Promise.all(costs))] };
  };
  const [together, oneByOne] = [await calls(), await calls()];
  await settleBatch(together.items, posting);
  for (const item of oneByOne.items) await settleBatch([item], posting);
  const { lots, account, days } = await writtenFor(together.orgId);
  expect(await writtenFor(oneByOne.orgId)).toMatchObject({ lots, account, days });
});
