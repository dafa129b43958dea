import { expect, test } from "vitest";
import { AppError } from "@/lib/shared/errors";
import { assistantRequest, endOfCallReport, type Json, statusUpdate } from "@/tests/factories/vapi";
import { parseKeptCall, parseVoice } from "./parse";

const parse = (body: unknown) => parseVoice(Buffer.from(JSON.stringify(body))).message;
const refusal = (raw: string): unknown => {
  try {
    return parseVoice(Buffer.from(raw));
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};
const callOf = (body: Json) => {
  const message = parse(body);
  if (message.type !== "assistant-request") throw new Error("no assistant-request");
  return message.call;
};

test.each([
  "",
  "x",
  "null",
  "1",
  '"text"',
  "[]",
  "{}",
  '{"message":null}',
  '{"message":[]}',
  '{"message":{}}',
  '{"message":{"type":""}}',
  '{"message":{"type":1}}',
  '{"message":{"type":"assistant-request"}}',
  '{"message":{"type":"assistant-request","call":{"id":""}}}',
  '{"message":{"type":"assistant-request","call":{"id":"\\u0000 "}}}',
  '{"message":{"type":"end-of-call-report","call":"c"}}',
  `{"message":{"type":"end-of-call-report","call":{"id":"${"x".repeat(201)}"}}}`,
  '{"message":{"type":"status-update","call":{"id":"c"}}}',
  "[".repeat(1_000_000),
  '{"message":'.repeat(100_000),
])("%.60s is malformed", (raw) => {
  expect(refusal(raw)).toBe("invalid_input");
});

test.each<[string, Json | null, string | undefined]>([
  ["a number", { number: "+447700900123" }, "+447700900123"],
  ["a number as national text", { number: "07700 900123" }, "+447700900123"],
  ["a SIP address with a number", { sipUri: "sip:+441134960123@carrier.example" }, "+441134960123"],
  ["a SIP address with a name", { sipUri: "sip:reception@carrier.example", name: "Reception" }, undefined],
  ["a withheld number", { number: "+266696687" }, undefined],
  ["a withheld number in words", { number: "anonymous" }, undefined],
  ["no customer", null, undefined],
  ["a customer that is none", { number: {} }, undefined],
])("the caller is read from %s", (_, customer, expected) => {
  expect(callOf(assistantRequest({ customer })).callerNumber).toBe(expected);
});

test("the called line is known by number first, then by the provider's ids", () => {
  const both = callOf(assistantRequest({ called: "+44 113 496 0001", phoneNumberId: "vapi-number-1" }));
  expect(both.called).toEqual(["+441134960001", "+44 113 496 0001", "vapi-number-1"]);
  expect(callOf(assistantRequest({ called: null, phoneNumberId: "vapi-number-1" })).called).toEqual([
    "vapi-number-1",
  ]);
});

test.each<[string, unknown, string | undefined]>([
  ["milliseconds", 1_795_255_205_300, "2026-11-21T10:00:05.300Z"],
  ["seconds", 1_795_255_205, "2026-11-21T10:00:05.000Z"],
  ["ISO text", "2026-11-21T10:00:05.300Z", "2026-11-21T10:00:05.300Z"],
  ["a number as text", "1795255205300", "2026-11-21T10:00:05.300Z"],
  ["a fraction", 1_795_255_205_300.999, "2026-11-21T10:00:05.300Z"],
  ["an absurd number", 1e300, undefined],
  ["a list", [], undefined],
])("an instant is read from %s", (_, createdAt, expected) => {
  expect(callOf(assistantRequest({ createdAt })).createdAt?.toISOString()).toBe(expected);
});

test("calls without a phone line and marked calls are tests", () => {
  expect(callOf(assistantRequest()).test).toBe(false);
  expect(callOf(assistantRequest({ type: "webCall" })).test).toBe(true);
  expect(callOf(assistantRequest({ assistant: { metadata: { test: true } } })).test).toBe(true);
});

test("text that PostgreSQL refuses is made storable, everywhere", () => {
  const { payload } = parseVoice(
    Buffer.from('{"message":{"type":"hang","a\\u0000b":"x\\u0000y\\ud800z","n":1e999}}'),
  );
  expect(payload).toEqual({ message: { type: "hang", ab: "xy\ufffdz", n: null } });
});

test("a message nested without end is cut, not refused and not followed", () => {
  const { message, payload } = parseVoice(
    Buffer.from(`{"message":{"type":"hang","deep":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}}`),
  );
  expect(message.type).toBe("chatter");
  expect(JSON.stringify(payload).length).toBeLessThan(1_000);
});

test("`__proto__` in a message is data like any other", () => {
  const { payload } = parseVoice(Buffer.from('{"message":{"type":"hang","__proto__":{"orgId":"x"}}}'));
  expect(Object.getPrototypeOf(payload.message)).toBe(Object.prototype);
});

test("a status is the message's own, not the call's stale one", () => {
  expect(parse(statusUpdate("in-progress"))).toMatchObject({
    type: "status-update",
    update: { status: "in-progress" },
  });
});

test("types that are not ours are unknown, frequent ones chatter", () => {
  expect(parse({ message: { type: "assistant.speechStarted", call: { id: "c" } } })).toMatchObject({
    type: "unknown",
  });
  for (const type of ["conversation-update", "speech-update", "transcript", "model-output", "hang"]) {
    expect(parse({ message: { type } })).toEqual({ type: "chatter" });
  }
});

test("a call fetched from the API reads as the report it would have had", () => {
  const { message } = endOfCallReport({ id: "c-1" }) as { message: Json };
  const fetched = { ...message, ...(message.call as Json), status: "ended", type: "inboundPhoneCall" };
  const { call, report, ended } = parseKeptCall(fetched);
  expect({ id: call.id, ended }).toEqual({ id: "c-1", ended: true });
  expect(report).toMatchObject({ durationSeconds: 120, connected: true, cost: { cost: 120_000n } });
  expect(parseKeptCall({ id: "c-2", status: "in-progress" }).ended).toBe(false);
});
