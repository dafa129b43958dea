import { expect, test } from "vitest";
import { endOfCallReport, type Json } from "@/tests/factories/vapi";
import { parseVoice } from "./parse";

const read = (fields: Json, call: Json = {}) => {
  const body = endOfCallReport({}, fields) as { message: { call: Json } };
  Object.assign(body.message.call, call);
  const { message } = parseVoice(Buffer.from(JSON.stringify(body)));
  if (message.type !== "end-of-call-report") throw new Error("no report");
  return message.report;
};
const BARE = { startedAt: undefined, endedAt: undefined, cost: undefined, analysis: {}, artifact: {} };

test.each<[string, Json, number]>([
  ["its dates", {}, 120],
  ["durationSeconds", { ...BARE, durationSeconds: 127.598 }, 128],
  ["durationMs", { ...BARE, durationMs: 22_050 }, 22],
  [
    "the provider's own cost line",
    { ...BARE, costs: [{ type: "model" }, { type: "vapi", minutes: 2.1266 }] },
    128,
  ],
  [
    "dates the wrong way round: nothing",
    { ...BARE, startedAt: "2026-11-21T10:02:04Z", endedAt: "2026-11-21T10:00:04Z" },
    0,
  ],
  ["an absurd figure: a week at most", { ...BARE, durationSeconds: 1e300 }, 604_800],
])("a duration is read from %s", (_, fields, expected) => {
  expect(read(fields).durationSeconds).toBe(expected);
});

test("what the message leaves out is read from its call", () => {
  const report = read(BARE, {
    startedAt: "2026-11-21T10:00:00Z",
    endedAt: "2026-11-21T10:01:00Z",
    cost: 0.05,
    endedReason: "customer-ended-call",
  });
  expect(report).toMatchObject({ durationSeconds: 60, cost: { cost: 50_000n }, connected: true });
});

test.each<[string, Json, boolean]>([
  ["time passed", { ...BARE, durationSeconds: 1 }, true],
  ["the caller spoke", { ...BARE, artifact: { transcript: "AI: Hello\nUser: Hi" } }, true],
  ["something cost money", { ...BARE, cost: 0.01 }, true],
  ["there is a message", { ...BARE, analysis: { structuredData: { callerName: "Sam" } } }, true],
  ["nothing of it happened", { ...BARE, cost: 0 }, false],
  ["only the assistant spoke to a closed line", { ...BARE, artifact: { transcript: "AI: Hello" } }, false],
  ["it failed before it began", { ...BARE, cost: 0.01, endedReason: "assistant-request-failed" }, false],
  ["nobody answered", { ...BARE, cost: 0.01, endedReason: "customer-did-not-answer" }, false],
])("a call connected or not: %s", (_, fields, connected) => {
  expect(read(fields).connected).toBe(connected);
});

test.each([
  "assistant-request-failed",
  "assistant-request-returned-error",
  "assistant-not-found",
  "call.start.error-get-assistant",
  "call.ringing.sip-inbound-caller-hungup-before-call-connect",
  "call.ringing.hook-executed-say",
  "customer-did-not-answer",
  "customer-busy",
  "customer-did-not-give-microphone-permission",
  "twilio-failed-to-connect-call",
  "vonage-failed-to-connect-call",
  "call.in-progress.error-sip-inbound-call-failed-to-connect",
  "twilio-reported-customer-misdialed",
  "call.in-progress.error-vapifault-transport-never-connected",
])("ringing is not talking: %s outweighs times, cost and what an analysis made of silence", (endedReason) => {
  const rang = read({ endedReason, analysis: { structuredData: { callerName: "Sam" } } });
  expect(rang).toMatchObject({ connected: false, durationSeconds: 0 });
  expect(
    read(
      { ...BARE, endedReason: undefined },
      { endedReason, startedAt: "2026-11-21T10:00:00Z", endedAt: "2026-11-21T10:00:25Z" },
    ),
  ).toMatchObject({ connected: false, durationSeconds: 0 });
});

test.each([
  "customer-ended-call",
  "assistant-forwarded-call",
  "customer-ended-call-before-warm-transfer",
  "silence-timed-out",
  "exceeded-max-duration",
  "voicemail",
  "call.forwarding.operator-busy",
  "pipeline-error-openai-llm-failed",
])("a call that ended by %s was connected", (endedReason) => {
  expect(read({ endedReason })).toMatchObject({ connected: true, durationSeconds: 120 });
});

const TURNS = [
  { role: "system", message: "You are Ava." },
  { role: "bot", message: "Hello\nthere" },
  { role: "user", message: "My name is Sam." },
  { role: "tool_calls", message: "" },
];

test.each<[string, Json]>([
  ["artifact.messages", { artifact: { messages: TURNS } }],
  ["top-level messages, the artifact's being empty", { artifact: { messages: [] }, messages: TURNS }],
  [
    "messages in OpenAI's format",
    {
      artifact: {
        messagesOpenAIFormatted: TURNS.map(({ role, message }) => ({
          role: role === "bot" ? "assistant" : role,
          content: message,
        })),
      },
    },
  ],
])("a transcript is made from %s", (_, fields) => {
  expect(read({ ...BARE, ...fields }).transcript).toBe("AI: Hello there\nUser: My name is Sam.");
});

test("a written transcript wins, the artifact's before the message's", () => {
  expect(read({ artifact: { transcript: "User: a" }, transcript: "User: b" }).transcript).toBe("User: a");
  expect(read({ artifact: {}, transcript: "User: b" }).transcript).toBe("User: b");
});

const DATA = { callerName: "Sam Ortiz", callbackNumber: "0113 496 0123" };

test.each<[string, Json]>([
  ["structuredData", { analysis: { structuredData: DATA } }],
  ["structuredData as text", { analysis: { structuredData: JSON.stringify(DATA) } }],
  ["structuredDataMulti", { analysis: { structuredDataMulti: [{ callBack: DATA }] } }],
  [
    "structuredOutputs by id",
    { artifact: { structuredOutputs: { "0199-a": { name: "Call back", result: DATA } } } },
  ],
  [
    "structuredOutputs as a list",
    { artifact: { structuredOutputs: [{ name: "Call back", result: JSON.stringify(DATA) }] } },
  ],
])("structured data is read from %s", (_, fields) => {
  expect(read({ ...BARE, ...fields }).structured).toContainEqual(DATA);
  expect(read({ ...BARE, ...fields }).structured).not.toContainEqual(
    expect.objectContaining({ name: "Call back" }),
  );
});

test("single structured outputs are read by their name", () => {
  const structuredOutputs = {
    a: { name: "callerName", result: "Sam" },
    b: { name: "callbackNumber", result: 1134960123 },
  };
  expect(read({ ...BARE, artifact: { structuredOutputs } }).structured).toEqual([
    { callerName: "Sam" },
    { callbackNumber: 1134960123 },
  ]);
});

test("turn latency is the mean of the turns, else the provider's average; absurd ones are left out", () => {
  const latency = (performanceMetrics: Json) => read({ artifact: { performanceMetrics } }).turnLatencyMs;
  expect(latency({ turnLatencies: [{ turnLatency: 1_000 }, { turnLatency: 2_001 }, {}] })).toBe(1_501);
  expect(latency({ turnLatencyAverage: 1_260 })).toBe(1_260);
  expect(latency({ turnLatencyAverage: -1 })).toBeUndefined();
  expect(latency({ turnLatencyAverage: 1e9 })).toBeUndefined();
  expect(latency({})).toBeUndefined();
});
