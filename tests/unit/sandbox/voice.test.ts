import { expect, test } from "vitest";
import { callerWords } from "@/tests/sandbox/vapi/caller-words";
import { CUSTOMER, type Delivered, type Receiver, SECRETS, startPair } from "./support";

const CALL = { line: "ironbridge", from: CUSTOMER };

const messageOf = ({ body }: Delivered) => JSON.parse(body).message;
const typesOf = ({ got }: Receiver) =>
  got.map(messageOf).map(({ type, status }) => (status ? `${type} ${status}` : type));

const MESSAGE_TAKER = {
  name: "Message taker",
  firstMessage: "Thank you for calling. Can I take your name and number and have someone call you back?",
  model: {
    provider: "openai",
    model: "gpt-4.1-mini",
    messages: [{ role: "system", content: "You take messages." }],
  },
  voice: { provider: "11labs", voiceId: "x" },
  endCallPhrases: ["goodbye for now"],
  serverMessages: ["status-update", "end-of-call-report"],
  metadata: { mode: "degraded", level: 3, reason: "credit-exhaustion" },
  analysisPlan: {
    structuredDataPlan: {
      enabled: true,
      schema: {
        type: "object",
        properties: {
          callerName: { type: "string" },
          callbackNumber: { type: "string" },
          reason: { type: "string" },
        },
      },
    },
  },
};

const FULL = {
  name: "Bronwen - Ironbridge Autos",
  firstMessage: "Thanks for calling Ironbridge Autos, this is Bronwen. How can I help?",
  model: {
    provider: "openai",
    model: "gpt-4.1",
    tools: [{ type: "function", function: { name: "book_appointment" } }, { type: "endCall" }],
  },
  endCallPhrases: ["have a great day, goodbye"],
  metadata: { mode: "full", level: 0 },
};

type Answered = { readonly result?: string; readonly error?: string };

function answerWith(
  receiver: Receiver,
  assistant: object,
  answered: Answered = { result: "Booked for Monday at ten" },
): void {
  receiver.answer = (delivered) => {
    const { type, toolCallList } = messageOf(delivered);
    if (type === "assistant-request")
      return { status: 200, type: "application/json", body: JSON.stringify({ assistant }) };
    if (type !== "tool-calls") return { status: 200, body: "{}" };
    const results = toolCallList.map(({ id }: { id: string }) => ({
      toolCallId: id,
      name: "book_appointment",
      ...answered,
    }));
    return { status: 200, type: "application/json", body: JSON.stringify({ results }) };
  };
}

test("a message-taker's call asks, takes name, number and reason, ends itself and reports by the schema", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, MESSAGE_TAKER);
  const call = await sandbox.control.call(CALL);
  expect(call).toMatchObject({
    mode: "degraded",
    level: 3,
    reason: "credit-exhaustion",
    status: "in-progress",
  });
  expect(call.turns.map(({ text }) => text)).toEqual([MESSAGE_TAKER.firstMessage]);
  await sandbox.control.say(call.id, "Hi, it's Sam Turner.");
  await sandbox.control.say(call.id, "07700 900123. My brakes are squealing badly.");
  expect(await sandbox.control.customer("ironbridge", CUSTOMER)).toMatchObject({
    call: { status: "ended", endedReason: "assistant-said-end-call-phrase" },
  });
  await sandbox.control.flush();
  expect(typesOf(receiver)).toEqual([
    "assistant-request",
    "status-update in-progress",
    "status-update ended",
    "end-of-call-report",
  ]);
  const report = messageOf(receiver.got.at(-1) as Delivered);
  expect(report.analysis.structuredData).toEqual({
    callerName: "Sam Turner",
    callbackNumber: "07700900123",
    reason: "My brakes are squealing badly",
  });
  expect(report.artifact.transcript).toContain("User: Hi, it's Sam Turner.\n");
  expect(report.assistant.metadata).toEqual(MESSAGE_TAKER.metadata);
});

test("every delivery carries the secret, and the called number as the phone network has it", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, FULL);
  await sandbox.control.playCall(CALL);
  await sandbox.control.flush();
  for (const got of receiver.got) {
    expect(got.headers["x-vapi-secret"]).toBe(SECRETS.vapiWebhookSecret);
    expect(messageOf(got)).toMatchObject({
      phoneNumber: { id: "vapi-number-3", number: "+441134960003" },
      customer: { number: CUSTOMER },
      call: { phoneNumberId: "vapi-number-3", status: "ringing" },
    });
  }
});

test("what a tool refuses is put as a question: its words are the model's own", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, FULL, { error: "No record was found. Ask for the vehicle's registration." });
  const call = await sandbox.control.playCall({ ...CALL, says: ["Can I book an MOT for Monday?"] });
  const spoken = call.turns.filter(({ role }) => role === "bot").map(({ text }) => text);
  expect(spoken[1]).toBe("Could you give me the vehicle's registration and your surname, please?");
});

test("a full assistant books with its tool, and speaks the tool's answer", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, FULL);
  const call = await sandbox.control.playCall({
    ...CALL,
    says: ["My name is Sam Turner, can I book an MOT for Monday?", "No, thanks. Bye."],
  });
  expect(call.endedReason).toBe("assistant-said-end-call-phrase");
  const spoken = call.turns.filter(({ role }) => role === "bot").map(({ text }) => text);
  expect(spoken[1]).toBe("Booked for Monday at ten. Is there anything else I can help with?");
  const [item] = receiver.got.map(messageOf).find(({ type }) => type === "tool-calls").toolCallList;
  expect(JSON.parse(item.function.arguments)).toMatchObject({
    name: "Sam Turner",
    service: "MOT",
    startsAt: expect.stringMatching(/T10:00$/),
  });
});

test("the bill follows from the length, adds up, and agrees with the dates", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, FULL);
  await sandbox.control.playCall({ ...CALL, seconds: 127.598 });
  await sandbox.control.flush();
  const report = messageOf(receiver.got.at(-1) as Delivered);
  expect(report.durationSeconds).toBe(127.598);
  expect((Date.parse(report.endedAt) - Date.parse(report.startedAt)) / 1_000).toBeCloseTo(127.598, 2);
  const sum = report.costs.reduce((total: number, { cost }: { cost: number }) => total + cost, 0);
  expect(sum).toBeCloseTo(report.cost, 4);
  expect(report.costBreakdown).toMatchObject({ vapi: 0.1063, transport: 0.0181, total: report.cost });
});

test.each([
  [
    "an error is spoken",
    { status: 200, body: '{"error":"Sorry."}' },
    "assistant-request-returned-error",
    "Sorry.",
  ],
  ["a server error", { status: 500 }, "assistant-request-failed", "line goes dead"],
  ["no assistant", { status: 200, body: "{}" }, "assistant-request-returned-no-assistant", "line goes dead"],
  [
    "an invalid assistant",
    { status: 200, body: '{"assistant":{"name":"x"}}' },
    "assistant-request-returned-invalid-assistant",
    "line goes dead",
  ],
  ["no answer in time", { status: 200, silent: true }, "assistant-request-failed", "line goes dead"],
])("%s: the call ends, costs nothing and says why", async (_, answer, reason, heard) => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.settings({ voiceDeadlineMs: 100 });
  receiver.answer = () => answer;
  const call = await sandbox.control.call(CALL);
  expect(call).toMatchObject({ status: "ended", endedReason: reason });
  expect(call.turns[0]?.text).toContain(heard);
  receiver.answer = () => ({ status: 200 });
  await sandbox.control.flush();
  const report = messageOf(receiver.got.at(-1) as Delivered);
  expect(report).toMatchObject({ type: "end-of-call-report", cost: 0, endedReason: reason });
  expect(report).not.toHaveProperty("startedAt");
});

test("reports are withheld, doubled, and overtake the status, as asked for; a lost one can be fetched", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, FULL);
  const reports = { provider: "vapi", on: "delivery", match: { event: "end-of-call-report" } } as const;
  await sandbox.control.behave({ ...reports, effect: { kind: "drop" } });
  const call = await sandbox.control.playCall(CALL);
  await sandbox.control.flush();
  expect(typesOf(receiver).at(-1)).toBe("status-update ended");
  const fetched = await fetch(`${sandbox.url}/vapi/call/${call.id}`, {
    headers: { authorization: `Bearer ${SECRETS.vapiApiKey}` },
  });
  expect(await fetched.json()).toMatchObject({
    id: call.id,
    status: "ended",
    endedReason: "customer-ended-call",
    cost: expect.any(Number),
  });
  expect((await fetch(`${sandbox.url}/vapi/call`)).status).toBe(401);
  receiver.got.length = 0;
  await sandbox.control.behave(
    { ...reports, effect: { kind: "duplicate" } },
    { provider: "vapi", on: "delivery", match: { type: "status-update:ended" }, effect: { kind: "reorder" } },
  );
  await sandbox.control.playCall(CALL);
  await sandbox.control.flush();
  expect(typesOf(receiver).slice(2)).toEqual([
    "end-of-call-report",
    "status-update ended",
    "end-of-call-report",
  ]);
});

test("nothing is retried, unless a backoff plan says so", async () => {
  const { sandbox, receiver } = await startPair();
  answerWith(receiver, FULL);
  const answer = receiver.answer;
  receiver.answer = (got) => (messageOf(got).type === "assistant-request" ? answer(got) : { status: 503 });
  await sandbox.control.playCall(CALL);
  await sandbox.control.flush();
  expect(await sandbox.control.pending()).toBe(0);
  await sandbox.control.settings({ voiceRetries: 2 });
  await sandbox.control.playCall(CALL);
  await sandbox.control.flush();
  expect(await sandbox.control.pending()).toBe(3);
});

test.each([
  [
    ["It's Sam Turner", "07700 900 123", "The exhaust fell off."],
    { name: "Sam Turner", number: "07700900123", reason: "The exhaust fell off" },
  ],
  [
    ["this is Zoë", "oh double seven oh oh, nine oh oh one two three"],
    { name: "Zoë", number: "07700900123" },
  ],
  [["I'm Priya", "Thanks, my brakes squeal"], { name: "Priya" }],
  [["I'm Priya Thanks for picking up"], { name: "Priya" }],
  [
    ["My name’s Ann, this number is fine. I need a new clutch"],
    { name: "Ann", number: "+447700900101", reason: "I need a new clutch" },
  ],
])("of %j the caller's words are found", (turns, words) => {
  expect(callerWords(turns, "+447700900101")).toMatchObject(words);
});
