import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { MESSAGE_TAKER_SENTENCE } from "@/lib/calls/message-taker";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenSharedGarage, type SharedGarage } from "../factories/shared-garage";
import { assistantRequest, endOfCallReport, type Json, toolCalls, vapiSignature } from "../factories/vapi";
import { request, sharedApp } from "../support/app";

const PATH = "/api/webhooks/voice";
const secret = String(sharedApp().env.VAPI_WEBHOOK_SECRET);
const bySecret = { "x-vapi-secret": secret };

const post = (body: BodyInit, headers: Record<string, string> = bySecret, init: object = {}) =>
  request(PATH, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
    ...init,
  });
const deliver = (body: Json) => post(JSON.stringify(body));

let garage: SharedGarage;
beforeAll(async () => {
  garage = await givenSharedGarage(systemContext("test"), { purchased: 100 });
});
afterAll(closePool);

describe("a delivery is let in", () => {
  const body = JSON.stringify({ message: { type: "hang" } });
  const now = Date.now();

  test.each<[string, Record<string, string>]>([
    ["by the plain secret", bySecret],
    ["by the secret as a bearer token", { authorization: `Bearer ${secret}` }],
    ["by its HMAC, in seconds", vapiSignature(body, secret, String(Math.floor(now / 1_000)))],
    ["by its HMAC, in milliseconds", vapiSignature(body, secret, String(now))],
  ])("%s", async (_, headers) => {
    const response = await post(body, headers);
    expect([response.status, await response.json()]).toEqual([200, {}]);
  });

  test.each<[string, Record<string, string>]>([
    ["nothing", {}],
    ["a forged secret", { "x-vapi-secret": `${secret}x` }],
    ["a forged bearer token", { authorization: "Bearer nobody" }],
    ["a forged HMAC", vapiSignature(body, "not-the-secret", String(now))],
    ["a stale HMAC", vapiSignature(body, secret, String(Math.floor(now / 1_000) - 301))],
  ])("not with %s: 401, and nothing is written", async (_, headers) => {
    const id = newId();
    const forged = JSON.stringify(assistantRequest({ id, called: "+441134960001" }));
    const response = await post(forged, headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: { code: "unauthenticated", message: expect.any(String) },
    });
    expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{8,}$/);
    expect(await prisma().interaction.count({ where: { providerRef: id } })).toBe(0);
    expect(await prisma().voiceCall.count({ where: { providerCallId: id } })).toBe(0);
    expect(await prisma().providerEvent.count({ where: { id: { contains: id } } })).toBe(0);
  });
});

describe("what a delivery may be", () => {
  test.each(["", "{", "[]", "null", "{}", '{"message":{}}', '{"message":{"type":"assistant-request"}}'])(
    "%j is malformed: 400",
    async (raw) => {
      const response = await post(raw);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        error: { code: "invalid_input", message: expect.any(String) },
      });
    },
  );

  const LIMIT = 3 * 1024 * 1024;
  const padded = (bytes: number) => {
    const frame = JSON.stringify({ message: { type: "hang", pad: "" } });
    return frame.replace('""', `"${"x".repeat(bytes - frame.length)}"`);
  };

  test("three mebibytes are taken, a byte more is 413", async () => {
    expect((await post(padded(LIMIT))).status).toBe(200);
    const response = await post(padded(LIMIT + 1));
    expect([response.status, await response.json()]).toEqual([
      413,
      { error: { code: "payload_too_large", message: expect.any(String) } },
    ]);
    expect((await post(padded(10_000_000))).status).toBe(413);
  });

  test("bytes are counted, not read from a header", async () => {
    const chunk = new TextEncoder().encode("x".repeat(256 * 1024));
    let left = 16;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    expect((await post(stream, bySecret, { duplex: "half" })).status).toBe(413);
  });

  const call = (fields: Json) => ({
    message: { type: "end-of-call-report", call: { id: newId() }, ...fields },
  });
  const OUR_NUMBER = "(our number)"; // known once the garage is
  const LINE = { phoneNumber: { number: OUR_NUMBER } };

  test.each<[string, string]>([
    ["NUL characters", JSON.stringify(call({ ...LINE, analysis: { summary: "a\0b" }, endedReason: "\0" }))],
    [
      "NUL in an unknown type",
      JSON.stringify({ message: { type: "x\0y", call: { id: `a\0${newId()}` }, "k\0": "\0" } }),
    ],
    [
      "lone surrogates",
      JSON.stringify(call({ ...LINE, transcript: "\ud800", artifact: { transcript: "User: \udfff" } })),
    ],
    [
      "deep nesting",
      `{"message":{"type":"x.${newId()}","deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    ],
    [
      "a deeply nested argument",
      JSON.stringify(
        toolCalls([{ name: "book_appointment", args: `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}` }]),
      ),
    ],
    [
      "huge numbers",
      JSON.stringify(
        call({
          ...LINE,
          cost: 1e308,
          durationSeconds: 1e308,
          startedAt: 1e308,
          endedAt: -1e308,
          timestamp: 1e308,
        }),
      ),
    ],
    [
      "endless numbers",
      `{"message":{"type":"end-of-call-report","call":{"id":"${newId()}"},"phoneNumber":{"number":"${OUR_NUMBER}"},"cost":1e999,"costs":[{"cost":1e999}]}}`,
    ],
    [
      "long strings",
      JSON.stringify(
        call({
          ...LINE,
          endedReason: "x".repeat(1_000_000),
          customer: { name: "y".repeat(500_000), number: "1".repeat(500_000) },
        }),
      ),
    ],
    [
      "a long called number",
      JSON.stringify(assistantRequest({ called: "9".repeat(100_000), phoneNumberId: "p".repeat(100_000) })),
    ],
    ["a long type", JSON.stringify({ message: { type: "t".repeat(200_000), call: { id: newId() } } })],
    [
      "wrong types everywhere",
      JSON.stringify(
        call({
          phoneNumber: 1,
          customer: [],
          assistant: "a",
          analysis: 5,
          artifact: [],
          costs: {},
          messages: "m",
        }),
      ),
    ],
    [
      "metadata of an organisation that is none",
      JSON.stringify(call({ assistant: { metadata: { orgId: "' OR 1=1", mode: 5, level: 1e9 } } })),
    ],
    [
      "a prototype",
      `{"message":{"type":"x.${newId()}","__proto__":{"a":1},"constructor":{"prototype":{"b":1}}}}`,
    ],
    [
      "many tool calls",
      JSON.stringify(
        toolCalls(
          Array.from({ length: 500 }, () => ({ name: "customer_lookup" })),
          { called: OUR_NUMBER },
        ),
      ),
    ],
  ])("%s never break it", async (_, body) => {
    expect((await post(body.replaceAll(OUR_NUMBER, garage.phone))).status).toBeLessThan(500);
  });

  test("only POST is answered", async () => {
    expect((await request(PATH)).status).toBe(405);
  });
});

describe("the demo's garages", () => {
  const garages: [line: number, slug: string, mode: string, reason: string | undefined][] = [
    [1, "brightside", "full", undefined],
    [2, "lowfell", "full", undefined],
    [3, "ironbridge", "degraded", "credit-exhaustion"],
    [4, "quayside", "full", undefined],
    [5, "harbour", "degraded", "trial-cap"],
    [6, "oldmill", "full", undefined],
    [7, "showroom", "full", undefined],
    [8, "coldstart", "degraded", "credit-exhaustion"],
  ];
  let orgIds: Map<string, string>;
  beforeAll(async () => {
    const organizations = await prisma().organization.findMany({ select: { id: true, slug: true } });
    orgIds = new Map(organizations.map(({ id, slug }) => [slug, id]));
  });

  test.each(garages)(
    "line %i: %s is answered %s %s, by number and by id",
    async (line, slug, mode, reason) => {
      for (const called of [`+44113496000${line}`, null]) {
        const began = performance.now();
        const response = await deliver(assistantRequest({ called, phoneNumberId: `vapi-number-${line}` }));
        expect(performance.now() - began).toBeLessThan(2_000);
        const { assistant } = await response.json();
        expect(assistant.metadata).toMatchObject({ orgId: orgIds.get(slug), mode, isFallback: false });
        expect(assistant.metadata.reason).toBe(reason);
        expect(assistant.firstMessage === MESSAGE_TAKER_SENTENCE).toBe(mode === "degraded");
      }
    },
  );

  test("one report delivered fifty times at once settles once", async () => {
    const { orgId, phone } = garage;
    const call = { id: newId(), called: phone };
    await deliver(assistantRequest(call));
    const responses = await Promise.all(Array.from({ length: 50 }, () => deliver(endOfCallReport(call))));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const entries = await prisma().ledgerEntry.findMany({
      where: { orgId, cause: `interaction:voice:${call.id}` },
    });
    expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(-12_000_000n);
  });
});
