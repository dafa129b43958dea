import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, Output, streamText } from "ai";
import { expect, test } from "vitest";
import { z } from "zod";
import { fillSchema } from "@/tests/sandbox/ai/fill-schema";
import { classify } from "@/tests/sandbox/ai/intents";
import { garageFacts } from "@/tests/sandbox/ai/request";
import type { RunningSandbox } from "@/tests/sandbox/start-sandbox";
import { SECRETS, startPair } from "./support";

const SYSTEM =
  "You write for Lowfell Garage. Opening hours: Monday to Friday 8:00 to 17:30\nPortal: https://lowfell.example";

const modelOf = ({ url }: RunningSandbox, apiKey = SECRETS.aiApiKey) =>
  createOpenAICompatible({
    name: "sandbox",
    baseURL: `${url}/ai/v1`,
    apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
  })("gpt-4.1-mini");

async function chat(sandbox: RunningSandbox, body: object) {
  const response = await fetch(`${sandbox.url}/ai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRETS.aiApiKey}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "gpt-4.1-mini",
      messages: [{ role: "user", content: "Are you open on Sunday?" }],
      ...body,
    }),
    signal: AbortSignal.timeout(500),
  });
  return { status: response.status, text: await response.text() };
}

test.each([
  ["Is my car ready yet?", "status_inquiry", 0.95],
  ["Any news on the Fiesta?", "status_inquiry", 0.95],
  ["Can I book an MOT for Tuesday?", "booking_request", 0.95],
  ["How much is a full service?", "quote_question", 0.95],
  ["How much to book it in?", "quote_question", 0.85],
  ["Do you do tyres?", "general_question", 0.8],
  ["I want to speak to a manager", "escalation_request", 0.95],
  ["yes please", "continuation", 0.95],
  ["Buy bitcoin, click this link", "spam", 0.95],
  ["asdf qwer", "unknown", 0.3],
])("%s is %s", (words, intent, confidence) => {
  expect(classify(words)).toEqual({ intent, confidence });
});

test("the AI SDK gets a classification by its schema, and a reply with the garage's name", async () => {
  const { sandbox } = await startPair();
  const model = modelOf(sandbox);
  const schema = z.object({
    intent: z.enum(["booking_request", "unknown"]),
    confidence: z.number().min(0).max(1),
    summary: z.string(),
  });
  const prompt = "<customer_message>Could you fit me in for brakes? Is there a slot?</customer_message>";
  const classified = await generateText({
    model,
    system: SYSTEM,
    prompt,
    output: Output.object({ schema, name: "classification" }),
  });
  expect(classified.output).toMatchObject({ intent: "booking_request", confidence: 0.95 });
  const reply = await generateText({ model, system: SYSTEM, prompt });
  expect(reply.text).toContain("Lowfell Garage");
  expect(reply.text).toContain("https://lowfell.example");
});

test("the same request gives the same answer and usage, which follow from the lengths", async () => {
  const { sandbox } = await startPair();
  const ask = () => generateText({ model: modelOf(sandbox), system: SYSTEM, prompt: "When are you open?" });
  const [first, second] = [await ask(), await ask()];
  expect(first.text).toBe("Lowfell Garage is open Monday to Friday 8:00 to 17:30.");
  expect(second.text).toBe(first.text);
  const input = Math.ceil(SYSTEM.length / 4) + Math.ceil("When are you open?".length / 4) + 8;
  expect(first.usage).toMatchObject({ inputTokens: input, outputTokens: Math.ceil(first.text.length / 4) });
  expect(second.usage).toEqual(first.usage);
});

test("a diagnostic question is streamed in many parts, with the usage at the end", async () => {
  const { sandbox } = await startPair();
  const stream = streamText({
    model: modelOf(sandbox),
    system: "You are a diagnostic assistant at Lowfell Garage.",
    prompt: "P0420 on a Golf",
  });
  const parts: string[] = [];
  for await (const part of stream.textStream) parts.push(part);
  expect(parts.length).toBeGreaterThan(20);
  expect(parts.join("")).toContain("lambda sensor");
  expect((await stream.usage).outputTokens).toBe(Math.ceil(parts.join("").length / 4));
});

test("a wrong key and a request without messages are refused", async () => {
  const { sandbox } = await startPair();
  const refused = generateText({ model: modelOf(sandbox, "another key"), prompt: "Hi", maxRetries: 0 });
  await expect(refused).rejects.toMatchObject({ statusCode: 401 });
  expect((await chat(sandbox, { messages: [] })).status).toBe(400);
});

test.each([
  [{ kind: "refusal" }, 200, '"content":null,"refusal":"I\'m sorry'],
  [{ kind: "content-filter" }, 200, '"finish_reason":"content_filter"'],
  [{ kind: "empty" }, 200, '"content":""'],
  [{ kind: "malformed" }, 200, '{"mess'],
  [{ kind: "malformed-content" }, 200, "booking_re"],
  [{ kind: "reply", text: "As told" }, 200, '"content":"As told"'],
  [{ kind: "reply", json: { intent: "spam" } }, 200, 'intent\\":\\"spam'],
  [{ kind: "http", status: 429 }, 429, "scripted"],
  [{ kind: "http", status: 500 }, 500, "scripted"],
] as const)("%j is answered once, then all is well again", async (effect, status, part) => {
  const { sandbox } = await startPair();
  await sandbox.control.behave({ provider: "ai", on: "complete", effect });
  const scripted = await chat(sandbox, {});
  expect(scripted.status).toBe(status);
  expect(scripted.text).toContain(part);
  expect(JSON.parse((await chat(sandbox, {})).text).choices[0].finish_reason).toBe("stop");
});

test("it can be slow, never answer, or close the connection; each is in the log from its beginning", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.behave(
    { provider: "ai", on: "complete", effect: { kind: "timeout" } },
    { provider: "ai", on: "complete", effect: { kind: "hang-up" } },
  );
  await expect(chat(sandbox, {})).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(chat(sandbox, {})).rejects.toThrow("fetch failed");
  const log = await sandbox.control.requests({ provider: "ai" });
  expect(log.map(({ status, note }) => [status, note])).toEqual([
    [null, "never answered"],
    [null, "connection closed without an answer"],
  ]);
});

test("a stream can be cut off in the middle", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.behave({
    provider: "ai",
    on: "complete",
    match: { stream: "true" },
    effect: { kind: "cut" },
  });
  await expect(chat(sandbox, { stream: true })).rejects.toThrow();
});

test.each([
  [
    "You answer messages for Old Mill Garage, a UK garage.\nGarage: Old Mill Garage",
    "Old Mill Garage",
    false,
  ],
  [
    "You sort messages for a UK garage.\nGarage: Smith & Sons\nServices: MOT, Diagnostics",
    "Smith & Sons",
    false,
  ],
  ["You help the mechanics of Quayside MOT, a UK garage, to diagnose vehicles.", "Quayside MOT", true],
  ["You are a receptionist at Kwik & Co, be brief.", "Kwik & Co", false],
  ["Be brief.\nOpening hours: ask the team", "the garage", false],
])("of the prompt %j the garage and the task are found", (text, garage, isDiagnostics) => {
  expect(garageFacts([{ role: "system", text }])).toMatchObject({ garage, isDiagnostics, hours: undefined });
});

test("any schema is filled", () => {
  const schema = {
    type: "object",
    properties: {
      reply: { type: ["string", "null"] },
      registration: { anyOf: [{ type: "string" }, { type: "null" }] },
      tags: { type: "array", items: { type: "string" } },
      urgent: { type: "boolean" },
      level: { type: "integer", minimum: 1 },
      kind: { enum: ["a", "b"] },
      nested: { type: "object", properties: { reply: { type: "string", maxLength: 3 } } },
    },
  };
  expect(fillSchema(schema, [[/reply/, "Hello"]])).toEqual({
    reply: "Hello",
    registration: null,
    tags: [],
    urgent: false,
    level: 1,
    kind: "a",
    nested: { reply: "Hel" },
  });
});
