import { afterAll, describe, expect, test, vi } from "vitest";
import { MESSAGE_TAKER_SENTENCE } from "@/lib/calls/message-taker";
import { dropCached } from "@/lib/credits/balance-cache";
import { grantCredits } from "@/lib/credits/grant-credits";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { metrics } from "@/lib/shared/metrics";
import { credits, microGbp } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { givenGarage } from "../factories/garage";
import { TRANSCRIBER, VOICE } from "../factories/garage-rows";
import { asSupport, testContext } from "../factories/ledger";
import { assistantRequest } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { interactionOf } from "../factories/voice-rows";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-21T10:00:00Z"));

const request = (called: string, id = newId()) => assistantRequest({ id, called });

/** The clock by which the directory of lines goes stale. */
function letLinesGoStale(): void {
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + 60_000);
}

const LEVEL_3 = { firstMessage: MESSAGE_TAKER_SENTENCE, voice: VOICE, transcriber: TRANSCRIBER };
const EXHAUSTED = {
  mode: "degraded",
  level: 3,
  reason: "credit-exhaustion",
  billable: false,
  isFallback: false,
};

describe("an assistant-request", () => {
  test("with credits is answered in full: voice, transcriber, model and tools, stored as it started", async () => {
    const garage = await givenGarage(ctx);
    const id = newId();
    const { assistant } = await deliver(ctx, request(garage.number, id));
    expect(assistant).toMatchObject({
      firstMessage: "Thanks for calling, this is Ava. How can I help?",
      voice: VOICE,
      transcriber: TRANSCRIBER,
      model: { provider: "openai", model: "gpt-4.1" },
      metadata: { orgId: garage.orgId, mode: "full", level: 0, isFallback: false, failOpen: false },
    });
    expect(assistant.metadata).not.toHaveProperty("reason");
    const names = assistant.model.tools.map((tool: { function?: { name: string } }) => tool.function?.name);
    expect(names).toEqual(["book_appointment", "work_order_status", "customer_lookup", undefined]);
    expect(JSON.stringify(assistant.model.tools)).not.toContain('"server"');
    expect(await interactionOf(garage.orgId, id)).toMatchObject({
      mode: "full",
      level: 0,
      billable: true,
      settledAt: null,
    });
  });

  test("without credits is answered as Level 3, and the next one in full as soon as credits are there", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const id = newId();
    const { assistant } = await deliver(ctx, request(garage.number, id));
    expect(assistant).toMatchObject({ ...LEVEL_3, metadata: { orgId: garage.orgId, ...EXHAUSTED } });
    expect(assistant.model).not.toHaveProperty("tools");
    expect(await interactionOf(garage.orgId, id)).toMatchObject(EXHAUSTED);
    await grantCredits(ctx, { orgId: garage.orgId, kind: "purchased", amount: credits(5), key: "pack" });
    dropCached(garage.orgId);
    expect((await deliver(ctx, request(garage.number))).assistant.metadata).toMatchObject({
      mode: "full",
      level: 0,
    });
  });

  test("of a garage frozen by support is Level 3 whatever its balance", async () => {
    const garage = await givenGarage(ctx, { credits: 900 });
    await freezeAccount(asSupport(ctx), {
      orgId: garage.orgId,
      frozen: true,
      key: "case-1",
      reason: "suspected abuse",
    });
    dropCached(garage.orgId);
    expect((await deliver(ctx, request(garage.number))).assistant).toMatchObject({
      ...LEVEL_3,
      metadata: EXHAUSTED,
    });
  });

  test("of a trial at its cap is Level 3 for the cap, with credits left", async () => {
    const garage = await givenGarage(ctx, { state: "trial", credits: 100 });
    const capped = { trialCapMicroGbp: microGbp(5_000_000n), trialSpentMicroGbp: microGbp(5_000_000n) };
    await prisma().creditAccount.update({ where: { orgId: garage.orgId }, data: capped });
    dropCached(garage.orgId);
    const { assistant } = await deliver(ctx, request(garage.number));
    expect(assistant).toMatchObject({
      ...LEVEL_3,
      metadata: { mode: "degraded", level: 3, reason: "trial-cap" },
    });
  });

  test("of a demo organisation is full without credits, and not billable", async () => {
    const garage = await givenGarage(ctx, { state: "demo", credits: 0 });
    const { assistant } = await deliver(ctx, request(garage.number));
    expect(assistant.metadata).toMatchObject({ mode: "full", billable: false });
  });

  test("of a test call is full and not billable", async () => {
    const garage = await givenGarage(ctx);
    const id = newId();
    await deliver(ctx, assistantRequest({ id, called: garage.number, type: "webCall" }));
    expect(await interactionOf(garage.orgId, id)).toMatchObject({ mode: "full", billable: false });
  });

  test("finds the garage by the provider's id of the line where no number is given", async () => {
    const { orgId, phoneNumberId } = await givenGarage(ctx);
    const { assistant } = await deliver(ctx, assistantRequest({ called: null, phoneNumberId }));
    expect(assistant.metadata.orgId).toBe(orgId);
  });

  test("of a garage without a persona gets a neutral voice in the garage's name", async () => {
    const garage = await givenGarage(ctx, { persona: false });
    const { assistant } = await deliver(ctx, request(garage.number));
    expect(assistant.firstMessage).toMatch(/^Thank you for calling Garage \d+\. How can I help\?$/);
    expect(assistant.metadata).toMatchObject({ orgId: garage.orgId, mode: "full", isFallback: false });
  });

  test.each([
    ["a SIP caller", { sipUri: "sip:reception@carrier.example", name: "Reception" }, null],
    ["a withheld number", { number: "+266696687" }, null],
    ["a number", { number: "+447700900199" }, "+447700900199"],
  ])("from %s is answered, and rings in the call log", async (_, customer, callerNumber) => {
    const garage = await givenGarage(ctx);
    const id = newId();
    await deliver(ctx, assistantRequest({ id, called: garage.number, customer }));
    const call = await prisma().voiceCall.findFirst({ where: { orgId: garage.orgId, providerCallId: id } });
    expect(call).toMatchObject({
      status: "ringing",
      callerNumber,
      createdAt: new Date("2026-11-21T10:00:00.120Z"),
    });
  });

  test("follows a changed persona within seconds", async () => {
    const garage = await givenGarage(ctx);
    await deliver(ctx, request(garage.number));
    await prisma().voicePersona.update({ where: { orgId: garage.orgId }, data: { greeting: "New words." } });
    letLinesGoStale();
    expect((await deliver(ctx, request(garage.number))).assistant.firstMessage).toBe("New words.");
  });
});

describe("a repeated assistant-request", () => {
  test("gets the same bytes, though credits ran out, came back or the ladder moved in between", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const id = newId();
    const first = await deliver(ctx, request(garage.number, id));
    await grantCredits(ctx, { orgId: garage.orgId, kind: "purchased", amount: credits(5), key: "pack" });
    dropCached(garage.orgId);
    expect(JSON.stringify(await deliver(ctx, request(garage.number, id)))).toBe(JSON.stringify(first));
    const full = newId();
    const before = await deliver(ctx, request(garage.number, full));
    await prisma().latencyLadder.create({ data: { orgId: garage.orgId, level: 2 } });
    letLinesGoStale();
    expect(JSON.stringify(await deliver(ctx, request(garage.number, full)))).toBe(JSON.stringify(before));
  });

  test("twenty at once start one interaction and get one answer", async () => {
    const garage = await givenGarage(ctx);
    const id = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => deliver(ctx, request(garage.number, id))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await prisma().interaction.count({ where: { orgId: garage.orgId } })).toBe(1);
    expect(await prisma().voiceCall.count({ where: { orgId: garage.orgId } })).toBe(1);
  });
});

describe("the latency ladder", () => {
  test.each([
    [1, "gpt-4.1-mini", true],
    [2, "gpt-4.1-mini", false],
  ])("at level %i answers with %s, tools %s", async (level, model, tools) => {
    const garage = await givenGarage(ctx);
    await prisma().latencyLadder.create({ data: { orgId: garage.orgId, level } });
    const { assistant } = await deliver(ctx, request(garage.number));
    expect(assistant.model.model).toBe(model);
    expect("tools" in assistant.model).toBe(tools);
    expect(assistant.metadata).toMatchObject({ mode: "full", level });
  });

  test("has no say when credits decide", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    await prisma().latencyLadder.create({ data: { orgId: garage.orgId, level: 1 } });
    expect((await deliver(ctx, request(garage.number))).assistant).toMatchObject({
      ...LEVEL_3,
      metadata: EXHAUSTED,
    });
  });
});

test("an unknown number gets the neutral message-taker, is kept and counted, and is no credit decision", async () => {
  const counted = async () =>
    (await metrics().voiceUnknownNumbers.get()).values.reduce((sum, { value }) => sum + value, 0);
  const before = await counted();
  const id = newId();
  const { assistant } = await deliver(ctx, assistantRequest({ id, called: "+441134969999" }));
  expect(assistant).toMatchObject({ firstMessage: MESSAGE_TAKER_SENTENCE, metadata: { isFallback: true } });
  expect(assistant.metadata).not.toHaveProperty("reason");
  expect(assistant.model).not.toHaveProperty("tools");
  expect(await counted()).toBe(before + 1);
  const kept = await prisma().providerEvent.findMany({ where: { id: { contains: id } } });
  expect(kept).toMatchObject([{ provider: "vapi", type: "assistant-request", orgId: null }]);
  expect(await prisma().interaction.count({ where: { providerRef: id } })).toBe(0);
});
