import { Client } from "pg";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { MESSAGE_TAKER_SENTENCE } from "@/lib/calls/message-taker";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { warmDirectory } from "@/lib/garage/directory";
import { newId } from "@/lib/shared/ids";
import { metrics } from "@/lib/shared/metrics";
import { credits } from "@/lib/shared/money";
import { givenGarage } from "../factories/garage";
import { TRANSCRIBER, VOICE } from "../factories/garage-rows";
import { testContext } from "../factories/ledger";
import { assistantRequest, endOfCallReport, type Json, toolCalls } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { restoreHere, severableDatabase } from "../support/severable-database";
import { stopwatch } from "../support/stopwatch";

// The application sees its database through a wire, before it first reads its environment.
const direct = String(process.env.DATABASE_URL);
const wire = await severableDatabase(direct);
Object.assign(process.env, { DATABASE_URL: wire.url, DIRECT_URL: wire.url });

const ctx = testContext(new Date("2026-11-21T10:05:00Z"));
let isCut = false;

const cut = async () => {
  await wire.cut();
  isCut = true;
};
const restore = async () => {
  if (isCut) await restoreHere(wire);
  isCut = false;
};

/** What came back, and in how many milliseconds. */
async function timed(body: Json) {
  const elapsedMs = stopwatch();
  const answer = await deliver(ctx, body);
  return { ...answer, tookMs: elapsedMs() };
}

const failOpens = async () =>
  (await metrics().failOpens.get()).values.reduce((sum, { value }) => sum + value, 0);

beforeEach(restore);
afterEach(restore);
afterAll(async () => {
  await restore();
  await closePool();
  await wire.close();
});

test("with the database gone a call is allowed in full, counted, answered alike again, and settled when it is back", async () => {
  const garage = await givenGarage(ctx, { credits: 10 });
  await warmDirectory();
  const metadata = { orgId: garage.orgId, mode: "full", level: 0, isFallback: false, failOpen: true };
  const id = newId();
  const counted = await failOpens();
  await cut();
  const { assistant, tookMs } = await timed(assistantRequest({ id, called: garage.number }));
  expect(assistant).toMatchObject({ voice: VOICE, transcriber: TRANSCRIBER, metadata });
  expect(assistant.model.tools).toHaveLength(4);
  expect(tookMs).toBeLessThan(2_000);
  expect(await failOpens()).toBeGreaterThan(counted);
  expect((await timed(assistantRequest({ id, called: garage.number }))).assistant).toEqual(assistant);
  const report = endOfCallReport({ id, called: garage.number, assistant: { metadata: assistant.metadata } });
  await expect(deliver(ctx, report)).rejects.toThrow();
  await restore();
  await expect.poll(() => deliver(ctx, report).catch(() => "not yet")).toEqual({});
  await deliver(ctx, report);
  const account = await prisma().creditAccount.findUniqueOrThrow({ where: { orgId: garage.orgId } });
  expect(account.balance).toBe(-credits(2));
  const [interaction] = await prisma().interaction.findMany({ where: { orgId: garage.orgId } });
  expect(interaction).toMatchObject({ mode: "full", failOpen: true, billable: true, costMicroUsd: 120_000n });
});

test("a line that was not known before the database went gets the static fallback, and no degradation reason", async () => {
  await cut();
  const { assistant, tookMs } = await timed(
    assistantRequest({ called: "+441134967777", phoneNumberId: "never-seen" }),
  );
  expect(assistant).toMatchObject({ firstMessage: MESSAGE_TAKER_SENTENCE, metadata: { isFallback: true } });
  expect(assistant.metadata).not.toHaveProperty("reason");
  expect(tookMs).toBeLessThan(2_000);
});

test("tools answer with an error in words when the database is gone", async () => {
  const garage = await givenGarage(ctx);
  await warmDirectory();
  await cut();
  const { results } = await deliver(
    ctx,
    toolCalls([{ id: "t1", name: "customer_lookup" }], { called: garage.number }),
  );
  expect(results).toEqual([
    { toolCallId: "t1", name: "customer_lookup", error: expect.stringContaining("cannot be reached") },
  ]);
});

test("a demo organisation's call that was allowed unchecked is answered in full, and takes no credits", async () => {
  const demo = await givenGarage(ctx, { state: "demo", credits: 0 });
  await warmDirectory();
  const holder = new Client({ connectionString: direct });
  await holder.connect();
  const call = { id: newId(), called: demo.number };
  const before = await failOpens();
  try {
    await holder.query("BEGIN; LOCK TABLE credit_account");
    const answer = deliver(ctx, assistantRequest(call));
    const metadata = { mode: "full", failOpen: true };
    await expect.poll(failOpens).toBe(before + 1);
    await holder.query("ROLLBACK");
    expect((await answer).assistant.metadata).toMatchObject(metadata);
  } finally {
    await holder.end();
  }
  await expect.poll(() => prisma().interaction.count({ where: { orgId: demo.orgId } })).toBe(1);
  await deliver(ctx, endOfCallReport(call));
  const interaction = await prisma().interaction.findFirstOrThrow({ where: { orgId: demo.orgId } });
  expect(interaction).toMatchObject({ mode: "full", failOpen: true, costMicroUsd: 120_000n, credits: 0n });
  const account = await prisma().creditAccount.findUniqueOrThrow({ where: { orgId: demo.orgId } });
  expect(account.balance).toBe(0n);
});

test("a database that hangs delays no answer beyond two seconds", async () => {
  const garage = await givenGarage(ctx);
  await warmDirectory();
  const holder = new Client({ connectionString: direct });
  await holder.connect();
  try {
    await holder.query(
      "BEGIN; LOCK TABLE channel_number, credit_account, interaction, voice_call, provider_event",
    );
    const known = await timed(assistantRequest({ called: garage.number }));
    expect(known.assistant.metadata).toMatchObject({ orgId: garage.orgId, mode: "full", failOpen: true });
    expect(known.tookMs).toBeLessThan(2_000);
    const unknown = await timed(assistantRequest({ called: "+441134967776", phoneNumberId: "never-seen" }));
    expect(unknown.assistant.metadata).toEqual({ isFallback: true });
    expect(unknown.tookMs).toBeLessThan(2_000);
  } finally {
    await holder.query("ROLLBACK");
    await holder.end();
  }
});
