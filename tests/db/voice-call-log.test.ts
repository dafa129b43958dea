import { afterAll, describe, expect, test } from "vitest";
import { getCall, listCalls } from "@/lib/calls/list-calls";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenGarage } from "../factories/garage";
import { asMember, testContext } from "../factories/ledger";
import { assistantRequest, endOfCallReport, messageTakerReport, statusUpdate } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { callBacksOf, callOf } from "../factories/voice-rows";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-21T10:05:00Z"));

describe("a message-taker's call", () => {
  const degraded = async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, assistantRequest(call));
    return { garage, call };
  };

  test("makes one call-back from its structured data, however often it is reported", async () => {
    const { garage, call } = await degraded();
    await Promise.all([1, 2, 3].map(() => deliver(ctx, messageTakerReport(call))));
    expect(await callBacksOf(garage.orgId)).toMatchObject([
      {
        name: "Sam Ortiz",
        phone: "+441134960123",
        reason: "A noise from the brakes",
        source: "structured_data",
        providerCallId: call.id,
      },
    ]);
  });

  test("stands in the log under the name that they gave", async () => {
    const { garage, call } = await degraded();
    await deliver(ctx, messageTakerReport(call));
    const advisor = asMember(ctx, garage.orgId, "advisor");
    const { calls } = await listCalls(advisor, garage.orgId, { limit: 10 });
    expect(calls).toMatchObject([{ providerCallId: call.id, callerName: "Sam Ortiz" }]);
    expect(await getCall(advisor, garage.orgId, String(calls[0]?.id))).toMatchObject({
      callerName: "Sam Ortiz",
    });
  });

  test("makes one from the transcript, else from the caller's number", async () => {
    const spoken = await degraded();
    const transcript =
      "AI: Can I take your name?\nUser: My name is Jo Bell, oh one one three four nine six oh one two three.";
    await deliver(ctx, endOfCallReport(spoken.call, { analysis: {}, artifact: { transcript } }));
    expect(await callBacksOf(spoken.garage.orgId)).toMatchObject([
      { name: "Jo Bell", phone: "+441134960123", source: "transcript" },
    ]);
    const silent = await degraded();
    await deliver(ctx, endOfCallReport(silent.call, { analysis: {}, artifact: {} }));
    expect(await callBacksOf(silent.garage.orgId)).toMatchObject([
      { phone: "+447700900123", source: "caller_id" },
    ]);
  });

  test("makes none where a withheld caller said nothing, or nobody was spoken to", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const call = { id: newId(), called: garage.number, customer: { number: "+266696687" } };
    await deliver(ctx, assistantRequest(call));
    await deliver(ctx, endOfCallReport(call, { analysis: {}, artifact: {} }));
    const missed = await degraded();
    await deliver(
      ctx,
      endOfCallReport(missed.call, { analysis: {}, artifact: {}, startedAt: undefined, cost: 0 }),
    );
    expect([...(await callBacksOf(garage.orgId)), ...(await callBacksOf(missed.garage.orgId))]).toEqual([]);
  });
});

test.each(["telephone", "line", "line for texts"])(
  "a call that seems to come from the garage's own %s asks for a call back without a number",
  async (own) => {
    const garage = await givenGarage(ctx, { credits: 0, phone: "0113 496 0500" });
    const texts = garage.number.replace("+44113", "+44114");
    await prisma().channelNumber.create({ data: { channel: "sms", identity: texts, orgId: garage.orgId } });
    const numbers: Record<string, string> = { telephone: "+441134960500", line: garage.number };
    const call = { id: newId(), called: garage.number, customer: { number: numbers[own] ?? texts } };
    await deliver(ctx, assistantRequest(call));
    const artifact = { transcript: "User: Please call me about my exhaust." };
    await deliver(ctx, endOfCallReport(call, { analysis: {}, artifact }));
    expect(await callBacksOf(garage.orgId)).toMatchObject([
      { phone: null, phoneAsSpoken: null, reason: "Please call me about my exhaust." },
    ]);
    expect(await callOf(garage.orgId, call.id)).toMatchObject({ callerNumber: null });
  },
);

describe("the call log", () => {
  test("only moves forward, in whatever order updates come", async () => {
    const garage = await givenGarage(ctx);
    const call = { id: newId(), called: garage.number };
    const statusAfter = async (status: string) => {
      await deliver(ctx, statusUpdate(status, call));
      return (await callOf(garage.orgId, call.id))?.status;
    };
    expect(await statusAfter("in-progress")).toBe("in-progress");
    expect(await statusAfter("ringing")).toBe("in-progress");
    expect(await statusAfter("forwarding")).toBe("forwarding");
    expect(await statusAfter("ended")).toBe("ended");
    expect(await statusAfter("in-progress")).toBe("ended");
    expect(await statusAfter("queued")).toBe("ended");
    expect(await prisma().voiceCall.count({ where: { orgId: garage.orgId } })).toBe(1);
  });

  test("keeps what the report said when updates come after it", async () => {
    const garage = await givenGarage(ctx);
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, endOfCallReport(call));
    await deliver(ctx, statusUpdate("in-progress", call));
    await deliver(ctx, statusUpdate("ended", call, { endedReason: "silence-timed-out" }));
    expect(await callOf(garage.orgId, call.id)).toMatchObject({
      status: "ended",
      endedReason: "customer-ended-call",
      startedAt: new Date("2026-11-21T10:00:04Z"),
    });
  });

  test("says that a call's end is unknown once no call lasts so long", async () => {
    const garage = await givenGarage(ctx);
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, assistantRequest(call));
    const advisor = (minutes: number) => ({
      ...ctx,
      actor: { kind: "member" as const, userId: "u", orgId: garage.orgId, role: "advisor" as const },
      now: () => new Date(Date.parse("2026-11-21T10:00:00Z") + minutes * 60_000),
    });
    const statusesAt = async (minutes: number) => {
      const { calls } = await listCalls(advisor(minutes), garage.orgId, { limit: 10 });
      const [listed] = calls;
      return [listed?.status, (await getCall(advisor(minutes), garage.orgId, String(listed?.id))).status];
    };
    expect(await statusesAt(5)).toEqual(["ringing", "ringing"]);
    expect(await statusesAt(19)).toEqual(["end-unknown", "end-unknown"]);
    await deliver(ctx, statusUpdate("ended", call));
    expect(await statusesAt(19)).toEqual(["ended", "ended"]);
  });

  test("keeps a status it does not know as an event", async () => {
    const garage = await givenGarage(ctx);
    const id = newId();
    await deliver(ctx, statusUpdate("deletion-failed", { id, called: garage.number }));
    expect(await prisma().providerEvent.count({ where: { id: { contains: id } } })).toBe(1);
  });
});

describe("the latency ladder", () => {
  const slow = { artifact: { performanceMetrics: { turnLatencyAverage: 4_000 } } };

  test("climbs after three slow calls; a repeated report is one sample", async () => {
    const garage = await givenGarage(ctx);
    const standing = () => prisma().latencyLadder.findUnique({ where: { orgId: garage.orgId } });
    const call = { id: newId(), called: garage.number };
    for (const _ of [1, 2, 3]) await deliver(ctx, endOfCallReport(call, slow));
    expect(await standing()).toMatchObject({ level: 0, samplesMs: [4_000] });
    for (const _ of [1, 2]) await deliver(ctx, endOfCallReport({ called: garage.number }, slow));
    expect(await standing()).toMatchObject({ level: 1, samplesMs: [] });
    await deliver(ctx, endOfCallReport({ called: garage.number }, slow));
    expect(await standing(), "a call that began at level 0 says nothing of level 1").toMatchObject({
      samplesMs: [],
    });
  });

  test("is not moved by calls that credits degraded", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    for (const id of [newId(), newId(), newId()]) {
      await deliver(ctx, assistantRequest({ id, called: garage.number }));
      await deliver(ctx, endOfCallReport({ id, called: garage.number }, slow));
    }
    expect(await prisma().latencyLadder.findUnique({ where: { orgId: garage.orgId } })).toBeNull();
  });
});
