import { afterAll, expect, it } from "vitest";
import type { InteractionStart } from "@/lib/credits/interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { degradedStart, fullStart, givenAccount, testContext } from "../factories/ledger";

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
