import { expect, test } from "vitest";
import { twilioSignature } from "@/tests/sandbox/core/signatures";
import { readTwiml } from "@/tests/sandbox/twilio/twiml";
import { CUSTOMER, type Delivered, type Receiver, SECRETS, SMS, startPair, twilio } from "./support";

const WRITES = { line: "brightside", from: CUSTOMER };
const form = ({ body }: Delivered) => Object.fromEntries(new URLSearchParams(body));

function expectSigned(receiver: Receiver, got: Delivered): void {
  const expected = twilioSignature(
    SECRETS.twilioAuthToken,
    receiver.url + got.path,
    new URLSearchParams(got.body),
  );
  expect(got.headers["x-twilio-signature"]).toBe(expected);
}

test("a message is accepted as queued, without a price, and its segments counted", async () => {
  const { sandbox } = await startPair();
  const sent = await twilio(sandbox, "Messages.json", { ...SMS, Body: "x".repeat(161) });
  expect(sent.status).toBe(201);
  expect(sent.body).toMatchObject({
    status: "queued",
    price: null,
    num_segments: "2",
    direction: "outbound-api",
    to: CUSTOMER,
  });
  const later = await twilio(sandbox, `Messages/${sent.body.sid}.json`);
  expect(later.body).toMatchObject({ status: "delivered", price: "-0.09260" });
});

test.each([
  ["no recipient", { To: "" }, 21604],
  ["no sender", { From: "" }, 21603],
  ["no body", { Body: "" }, 21602],
  ["a recipient that is no number", { To: "07700900101" }, 21211],
  ["a landline", { To: "+441134960999" }, 21614],
  ["a body of 1,601 characters", { Body: "x".repeat(1_601) }, 21617],
  ["a number of somebody else", { From: "+447700900999" }, 21606],
])("%s is refused", async (_, change, code) => {
  const { sandbox } = await startPair();
  const { status, body } = await twilio(sandbox, "Messages.json", { ...SMS, ...change });
  expect([status, body.code]).toEqual([400, code]);
});

test("a wrong token is refused", async () => {
  const { sandbox } = await startPair();
  const { status, body } = await twilio(sandbox, "Messages.json", SMS, "Basic bm86bm8=");
  expect([status, body.code]).toEqual([401, 20003]);
});

test("STOP blocks the pair, is confirmed by Twilio and still delivered; START opens it again", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.sms({ ...WRITES, text: " stop " });
  await sandbox.control.flush();
  expect(form(receiver.got[0] as Delivered)).toMatchObject({ Body: " stop ", From: CUSTOMER });
  expect(form(receiver.got[0] as Delivered)).not.toHaveProperty("OptOutType");
  expect((await twilio(sandbox, "Messages.json", SMS)).body).toMatchObject({ code: 21610, status: 400 });
  const { messages } = await sandbox.control.customer("brightside", CUSTOMER);
  expect(messages.map(({ from }) => from)).toEqual(["customer", "network"]);
  await sandbox.control.sms({ ...WRITES, text: "START" });
  expect((await twilio(sandbox, "Messages.json", SMS)).status).toBe(201);
});

test.each([["STOP PLEASE"], ["please stop"], ["YES"], ["HELP"]])("%s does not opt out", async (text) => {
  const { sandbox } = await startPair();
  await sandbox.control.sms({ ...WRITES, text });
  expect((await twilio(sandbox, "Messages.json", SMS)).status).toBe(201);
});

test("a messaging service says what it understood, and YES after STOP opts in", async () => {
  const { sandbox, receiver } = await startPair();
  for (const text of ["Unsubscribe", "yes"])
    await sandbox.control.sms({ ...WRITES, text, throughService: true });
  await sandbox.control.flush();
  expect(receiver.got.map((one) => form(one).OptOutType)).toEqual(["STOP", "START"]);
});

test("statuses go to the callback of the message, signed with its query", async () => {
  const { sandbox, receiver } = await startPair();
  await twilio(sandbox, "Messages.json", {
    ...SMS,
    StatusCallback: `${receiver.url}/api/webhooks/sms/status?m=1`,
  });
  await sandbox.control.flush();
  expect(receiver.got.map((one) => form(one).MessageStatus)).toEqual(["queued", "sent", "delivered"]);
  for (const got of receiver.got) {
    expect(got.path).toBe("/api/webhooks/sms/status?m=1");
    expectSigned(receiver, got);
  }
});

test("a filtered message ends undelivered with its code", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.behave({
    provider: "twilio",
    on: "send",
    effect: { kind: "failed-status", code: 30007 },
  });
  const { body } = await twilio(sandbox, "Messages.json", {
    ...SMS,
    StatusCallback: `${receiver.url}/status`,
  });
  await sandbox.control.flush();
  expect(receiver.got.map(form).at(-1)).toMatchObject({ MessageStatus: "undelivered", ErrorCode: "30007" });
  expect((await twilio(sandbox, `Messages/${body.sid}.json`)).body).toMatchObject({
    status: "undelivered",
    error_code: 30007,
  });
});

test("a server error leads to the fallback URL once, with code and address, and nothing is retried", async () => {
  const { sandbox, receiver } = await startPair();
  receiver.answer = ({ path }) => ({ status: path.includes("fallback") ? 200 : 500 });
  const sid = await sandbox.control.sms({ ...WRITES, text: "Hi" });
  await sandbox.control.flush();
  await sandbox.control.flush();
  expect(receiver.got.map(({ path }) => path)).toEqual(["/api/webhooks/sms", "/api/webhooks/sms?fallback=1"]);
  const fallback = receiver.got[1] as Delivered;
  expectSigned(receiver, fallback);
  expect(form(fallback)).toMatchObject({
    MessageSid: sid,
    ErrorCode: "11200",
    ErrorUrl: `${receiver.url}/api/webhooks/sms`,
  });
});

test("a read timeout is not retried; without a fallback the message is lost, but stays in the list", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.settings({ smsFallback: false, deliveryTimeoutMs: 50 });
  receiver.answer = () => ({ status: 200, silent: true });
  const sid = await sandbox.control.sms({ ...WRITES, text: "Hi" });
  expect(await sandbox.control.flush()).toMatchObject([{ outcome: "timeout" }]);
  expect(await sandbox.control.pending()).toBe(0);
  const list = await twilio<{ messages: { sid: string }[] }>(sandbox, `Messages.json?To=%2B441134960001`);
  expect(list.body.messages.map((message) => message.sid)).toEqual([sid]);
});

test("a connection that cannot be made is tried once more, then the fallback", async () => {
  const { sandbox, receiver } = await startPair();
  await receiver.stop();
  await sandbox.control.sms({ ...WRITES, text: "Hi" });
  const outcomes = [];
  for (let n = 0; n < 4; n++) outcomes.push(...(await sandbox.control.flush()));
  expect(outcomes.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
    "message unreachable",
    "message unreachable",
    "fallback unreachable",
    "fallback unreachable",
  ]);
});

test("a TwiML answer is sent as a reply, with its own callback", async () => {
  const { sandbox, receiver } = await startPair();
  receiver.answer = ({ path }) =>
    path === "/api/webhooks/sms"
      ? {
          status: 200,
          type: "text/xml",
          body: '<?xml version="1.0" encoding="UTF-8"?><Response><Message action="/status?m=2">Fish &amp; chips</Message></Response>',
        }
      : { status: 204 };
  await sandbox.control.sms({ ...WRITES, text: "Hi" });
  await sandbox.control.flush();
  expect(receiver.got.slice(1).map(({ path }) => path)).toEqual([
    "/status?m=2",
    "/status?m=2",
    "/status?m=2",
  ]);
  const { messages } = await sandbox.control.customer("brightside", CUSTOMER);
  expect(messages.at(-1)).toMatchObject({ from: "garage", text: "Fish & chips", tick: "delivered" });
});

test.each([
  ["text/xml", "<Response/>", []],
  ["text/xml; charset=utf-8", '<?xml version="1.0"?>\n<Response>\n</Response>', []],
  [
    "application/xml",
    "<Response><Message><Body>a &lt;b&gt; &#163;5</Body></Message><Message>two</Message></Response>",
    ["a <b> £5", "two"],
  ],
  ["text/plain", "Hello", ["Hello"]],
  ["text/plain", "", []],
])("the answer of type %s %s is understood", (type, body, texts) => {
  expect(readTwiml(type, body)).toMatchObject({
    kind: "messages",
    messages: texts.map((text) => ({ body: text })),
  });
});

test("an answer of another type or broken TwiML is an error", () => {
  expect(readTwiml("application/json", "{}")).toMatchObject({ kind: "invalid", code: 12300 });
  expect(readTwiml("text/xml", "<html></html>")).toMatchObject({ kind: "invalid", code: 12100 });
});

test("an MMS has its files behind the account's authorisation; a short code may write", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.sms({ ...WRITES, text: "Look", pictures: ["sample"] });
  await sandbox.control.sms({ line: "brightside", from: "32665", text: "Your code is 123456" });
  await sandbox.control.flush();
  const [mms, code] = receiver.got.map(form);
  expect(mms).toMatchObject({
    NumMedia: "1",
    MediaContentType0: "image/png",
    MessageSid: expect.stringMatching(/^MM/),
  });
  expect(code).toMatchObject({ From: "32665", NumMedia: "0" });
  expect((await fetch(mms?.MediaUrl0 ?? "")).status).toBe(401);
});

test("the list is filtered by day and paged", async () => {
  const { sandbox } = await startPair();
  for (let n = 0; n < 3; n++) await sandbox.control.sms({ ...WRITES, text: `${n}` });
  type Page = { messages: { body: string }[]; next_page_uri: string | null };
  const first = await twilio<Page>(sandbox, "Messages.json?PageSize=2&To=%2B441134960001");
  expect(first.body.messages.map(({ body }) => body)).toEqual(["2", "1"]);
  expect(first.body.next_page_uri).toContain("Page=1");
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const today = new Date().toISOString().slice(0, 10);
  expect((await twilio<Page>(sandbox, `Messages.json?DateSent%3E=${tomorrow}`)).body.messages).toEqual([]);
  expect((await twilio<Page>(sandbox, `Messages.json?DateSent%3E=${today}`)).body.messages).toHaveLength(3);
});
