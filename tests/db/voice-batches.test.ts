import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { dropCached } from "@/lib/credits/balance-cache";
import { laneOf } from "@/lib/credits/lanes";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { newId } from "@/lib/shared/ids";
import { metrics } from "@/lib/shared/metrics";
import { credits } from "@/lib/shared/money";
import { allFinished } from "@/lib/shared/unfinished";
import { givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { assistantRequest, endOfCallReport, type Json } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { balanceOf, callOf, interactionOf } from "../factories/voice-rows";
import { counted } from "../support/counted";

// Calls that start or end at once share round trips: what that saves, and what one call's trouble does to the others.
const ctx = testContext(new Date("2026-11-21T10:05:00Z"));
const AT_ONCE = 40;
/** A busy machine may take the calls in a few pieces, and read a line anew. */
const FEW = 5;

afterEach(async () => {
  vi.restoreAllMocks();
  await allFinished();
});
afterAll(closePool);

const newCalls = (called: string) => Array.from({ length: AT_ONCE }, () => ({ id: newId(), called }));

/** The statements that `work` sends to the database, but for what is announced afterwards. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  await allFinished();
  const query = vi.spyOn(pool(), "query");
  await work();
  const texts = query.mock.calls.map(([given]: readonly unknown[]) =>
    typeof given === "string" ? given : (given as { text: string }).text,
  );
  return texts.filter((text) => !text.includes("pg_notify"));
}

/** Lets the call log refuse calls from this number, however they are written. */
const refuse = (number: string) =>
  pool().query(
    `ALTER TABLE voice_call ADD CONSTRAINT refused CHECK (caller_number <> '${number}') NOT VALID`,
  );
const takeAgain = () => pool().query("ALTER TABLE voice_call DROP CONSTRAINT refused");

const REFUSED = "+447700900666";

describe("calls that start or end at once", () => {
  test("share their round trips, each with its own decision, cost and place in the call log", async () => {
    const garage = await givenGarage(ctx, { credits: 1_000 });
    const calls = newCalls(garage.number);
    await deliver(ctx, assistantRequest({ called: garage.number }));
    dropCached(garage.orgId);
    const starting = await statementsOf(() =>
      Promise.all(calls.map((call) => deliver(ctx, assistantRequest(call)))),
    );
    expect(starting.filter((text) => text.includes("trial_spent_micro_gbp"))).toHaveLength(1);
    expect(starting.length).toBeLessThanOrEqual(FEW);
    const ending = await statementsOf(() =>
      Promise.all(calls.map((call) => deliver(ctx, endOfCallReport(call)))),
    );
    expect(ending.length).toBeLessThanOrEqual(FEW);
    expect(await balanceOf(garage.orgId)).toBe(credits(1_000 - 12 * AT_ONCE));
    for (const { id } of calls)
      expect(await callOf(garage.orgId, id)).toMatchObject({ status: "ended", reportedAt: ctx.now() });
  });

  test("one whose log cannot be written is settled and harms no other, and its next delivery writes it", async () => {
    const garage = await givenGarage(ctx, { credits: 1_000 });
    const calls = newCalls(garage.number);
    const bad = { ...calls[7], id: newId(), customer: { number: REFUSED } };
    const settled = () => counted(metrics().settles, { channel: "voice", outcome: "settled" });
    const before = await settled();
    await refuse(REFUSED);
    try {
      const report = (call: typeof bad | (typeof calls)[number]) => deliver(ctx, endOfCallReport(call));
      const [failed, ...others] = await Promise.allSettled([bad, ...calls].map(report));
      expect(failed).toMatchObject({ status: "rejected" });
      expect(others.map(({ status }) => status)).toEqual(calls.map(() => "fulfilled"));
      for (const { id } of calls)
        expect(await callOf(garage.orgId, id)).toMatchObject({ reportedAt: ctx.now() });
      expect(await interactionOf(garage.orgId, bad.id)).toMatchObject({ costMicroUsd: 120_000n });
      expect(await callOf(garage.orgId, bad.id)).toBeNull();
      expect(await balanceOf(garage.orgId)).toBe(credits(1_000 - 12 * (AT_ONCE + 1)));
      expect(await settled()).toBe(before + AT_ONCE + 1);
    } finally {
      await takeAgain();
    }
    await deliver(ctx, endOfCallReport(bad));
    expect(await callOf(garage.orgId, bad.id)).toMatchObject({ status: "ended", reportedAt: ctx.now() });
    expect(await balanceOf(garage.orgId)).toBe(credits(1_000 - 12 * (AT_ONCE + 1)));
  });

  test("one that cannot be opened in the log starts as it was decided, and so do the others", async () => {
    const garage = await givenGarage(ctx, { credits: 10 });
    const calls = newCalls(garage.number);
    const bad = { id: newId(), called: garage.number, customer: { number: REFUSED } };
    await refuse(REFUSED);
    try {
      const request = (call: Json) => deliver(ctx, assistantRequest(call));
      const answers = await Promise.all([bad, ...calls].map(request));
      for (const { assistant } of answers) expect(assistant.metadata).toMatchObject({ mode: "full" });
    } finally {
      await takeAgain();
    }
    expect(await prisma().interaction.count({ where: { orgId: garage.orgId } })).toBe(AT_ONCE + 1);
    expect(await prisma().voiceCall.count({ where: { orgId: garage.orgId } })).toBe(AT_ONCE);
  });
});

/** The batches in which each of these garages has a report, of all that `query` sent. */
const batchesWith = (query: { mock: { calls: readonly unknown[][] } }, orgIds: readonly string[]) =>
  query.mock.calls.filter(([given]) => {
    const [batch] = (given as { values?: unknown[] }).values ?? [];
    return orgIds.every((orgId) => String(batch).includes(orgId));
  });

describe("garages whose accounts another session holds locked", () => {
  /** More than may wait beside the lanes at once. */
  const LOCKED = 6;
  const report = (call: Json) => deliver(ctx, endOfCallReport(call));

  test("wait alone: the others of their lanes settle meanwhile, and theirs are settled once when they are free", async () => {
    const locked = await Promise.all(
      Array.from({ length: LOCKED }, () => givenGarage(ctx, { credits: 100 })),
    );
    const [first = await givenGarage(ctx)] = locked;
    let free = await givenGarage(ctx, { credits: 100 });
    while (laneOf(free.orgId) !== laneOf(first.orgId)) free = await givenGarage(ctx, { credits: 100 });
    const callsOf = (garages: readonly { number: string }[]) =>
      garages.map(({ number }) => ({ id: newId(), called: number }));
    const calls = [...callsOf(locked), ...callsOf(locked)];
    const query = vi.spyOn(pool(), "query");
    const held: Promise<unknown>[] = [];
    let answered = 0;
    await inTransaction(async (tx) => {
      await tx.query("SELECT FROM credit_account WHERE org_id = ANY ($1::uuid[]) FOR UPDATE", [
        locked.map(({ orgId }) => orgId),
      ]);
      for (const pass of [calls.slice(0, LOCKED), calls]) {
        held.push(...pass.map((call) => report(call).finally(() => (answered += 1))));
        await Promise.all(callsOf([free, free, free]).map(report));
      }
      expect(answered).toBe(0);
      expect(await balanceOf(free.orgId)).toBe(credits(100 - 12 * 6));
      expect(batchesWith(query, [free.orgId, first.orgId]).length).toBeLessThanOrEqual(1);
    });
    await Promise.all(held);
    for (const { orgId } of locked) expect(await balanceOf(orgId)).toBe(credits(100 - 12 * 2));
    for (const { id, called } of calls) {
      const { orgId = "" } = locked.find(({ number }) => number === called) ?? {};
      expect(await callOf(orgId, id)).toMatchObject({ status: "ended", reportedAt: ctx.now() });
    }
    await report({ id: newId(), called: first.number });
    expect(await balanceOf(first.orgId)).toBe(credits(100 - 12 * 3));
  });
});

test("a garage whose calls are quick has its ladder left alone, until a slow one comes", async () => {
  const garage = await givenGarage(ctx, { credits: 1_000 });
  const report = (turnLatencyAverage: number) =>
    deliver(
      ctx,
      endOfCallReport(
        { called: garage.number },
        { artifact: { performanceMetrics: { turnLatencyAverage } } },
      ),
    );
  const samples = async () =>
    (await prisma().latencyLadder.findUniqueOrThrow({ where: { orgId: garage.orgId } })).samplesMs;
  for (const latency of [900, 901, 902]) await report(latency);
  expect(await samples()).toEqual([900, 901]);
  for (const latency of [3_000, 903]) await report(latency);
  expect(await samples()).toEqual([900, 901, 3_000, 903]);
  const reported = await prisma().voiceCall.count({ where: { orgId: garage.orgId, reportedAt: ctx.now() } });
  expect(reported).toBe(5);
});
