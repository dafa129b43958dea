import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { givenSharedGarage, type SharedGarage } from "../factories/shared-garage";
import { assistantRequest, endOfCallReport, type Json } from "../factories/vapi";
import { type RunningService, startApp } from "../support/app-process";
import { LOOKS_LONGER } from "../support/effort";
import { mortalDatabase } from "../support/mortal-database";

// The application and its database die by kill -9 in the middle of many reports.
const CALLS = LOOKS_LONGER ? 2_000 : 200;
/** So many of them have a stored start; those of the others were lost. */
const RUNG = CALLS / 4;
const KILLED_AFTER = (CALLS * 3) / 10;
const CONNECTIONS = 50;
const COST = credits(12);
const GRANTED = 100_000;

const database = await mortalDatabase();
const ctx = systemContext("test");
let app: RunningService;
const start = () => startApp({ databaseUrl: database.url });

beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
  await closePool();
  await database.stop();
});

/** Delivers all, and calls `onAnswer` with how many were answered; returns which were. */
async function deliverAll(
  ids: readonly string[],
  body: (id: string) => Json,
  onAnswer: (answered: number) => void = () => {},
): Promise<Set<string>> {
  const answered = new Set<string>();
  const left = ids.values();
  const headers = {
    "content-type": "application/json",
    "x-vapi-secret": String(app.env.VAPI_WEBHOOK_SECRET),
  };
  const connection = async (): Promise<void> => {
    for (const id of left) {
      const request = { method: "POST", headers, body: JSON.stringify(body(id)) };
      const response = await fetch(`${app.url}/api/webhooks/voice`, request).catch(() => undefined);
      if (response?.status !== 200) continue;
      onAnswer(answered.add(id).size);
      await response.arrayBuffer().catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return answered;
}

/** Calls of which a report was settled and written down, and how often each was charged. */
async function recordedCalls({ orgId }: SharedGarage) {
  const { rows } = await pool().query<{ id: string; charged: number }>(
    `SELECT i.provider_ref AS id,
            (SELECT count(*)::int FROM ledger_entry AS e
             WHERE e.org_id = i.org_id AND e.cause = 'interaction:voice:' || i.provider_ref) AS charged
     FROM interaction AS i JOIN voice_call AS c ON c.org_id = i.org_id AND c.provider_call_id = i.provider_ref
     WHERE i.org_id = $1 AND i.settled_at IS NOT NULL AND c.reported_at IS NOT NULL`,
    [orgId],
  );
  return new Map(rows.map(({ id, charged }) => [id, charged]));
}

test.each([
  [
    "the application",
    async () => {
      process.kill(app.pid, "SIGKILL");
      await app.stop();
      app = await start();
    },
  ],
  ["PostgreSQL", () => database.killAndRestart()],
])("%s is killed in the middle of its reports: every answered one is there, once", async (_, kill) => {
  const garage = await givenSharedGarage(ctx, { purchased: GRANTED });
  const ids = Array.from({ length: CALLS }, () => newId());
  const metadata = { orgId: garage.orgId, mode: "full", level: 0, billable: true };
  const report = (id: string) => endOfCallReport({ id, called: garage.phone, assistant: { metadata } });
  await deliverAll(ids.slice(0, RUNG), (id) => assistantRequest({ id, called: garage.phone }));

  let killed: Promise<void> | undefined;
  const answered = await deliverAll(ids, report, (count) => {
    if (count === KILLED_AFTER) killed = kill();
  });
  await killed;
  expect(answered.size).toBeGreaterThanOrEqual(KILLED_AFTER);
  expect(answered.size).toBeLessThan(CALLS);
  const recorded = await recordedCalls(garage);
  expect([...answered].filter((id) => recorded.get(id) !== 1)).toEqual([]);

  let missing = ids;
  await expect
    .poll(async () => {
      const now = await deliverAll(missing, report);
      missing = missing.filter((id) => !now.has(id));
      return missing.length;
    })
    .toBe(0);
  const all = await recordedCalls(garage);
  expect(ids.filter((id) => all.get(id) !== 1)).toEqual([]);
  const { rows } = await pool().query("SELECT balance FROM credit_account WHERE org_id = $1", [garage.orgId]);
  expect(rows).toEqual([{ balance: credits(GRANTED) - COST * BigInt(CALLS) }]);
  expect(await findDrift(garage.orgId)).toEqual([]);
});
