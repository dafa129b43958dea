import { expect, test } from "vitest";
import { CUSTOMER, sendWhatsApp, startPair, whatsAppText } from "./support";

const WRITES = { line: "brightside", from: CUSTOMER };
const HOUR = 3_600;

test("a message may be sent within 24 hours of the customer's own time stamp, and not a second later", async () => {
  const { sandbox } = await startPair();
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).body.error.code).toBe(131047);
  await sandbox.control.whatsApp(WRITES, { text: "Hi", ageSeconds: 23 * HOUR });
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).status).toBe(200);
  await sandbox.control.advance(HOUR + 1);
  const late = await sendWhatsApp(sandbox, whatsAppText("Hello"));
  expect(late.status).toBe(400);
  expect(late.body.error).toMatchObject({
    code: 131047,
    type: "OAuthException",
    message: "(#131047) Re-engagement message",
  });
});

test("a message that comes late does not open the window, nor move it back", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.whatsApp(WRITES, { text: "from yesterday", ageSeconds: 26 * HOUR });
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).body.error.code).toBe(131047);
  await sandbox.control.whatsApp(WRITES, { text: "now" });
  await sandbox.control.whatsApp(WRITES, { text: "from yesterday", ageSeconds: 26 * HOUR });
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).status).toBe(200);
});

test("reactions and edits do not open the window", async () => {
  const { sandbox } = await startPair();
  const reaction = { type: "reaction", reaction: { message_id: "wamid.x", emoji: "👍" } };
  await sandbox.control.whatsApp(WRITES, { other: reaction });
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).body.error.code).toBe(131047);
});

test("the 46th message to a user in a row is refused, and six seconds later one may go", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.whatsApp(WRITES, { text: "Hi" });
  for (let sent = 0; sent < 45; sent++)
    expect((await sendWhatsApp(sandbox, whatsAppText(`${sent}`))).status).toBe(200);
  expect((await sendWhatsApp(sandbox, whatsAppText("46"))).body.error.code).toBe(131056);
  await sandbox.control.advance(6);
  expect((await sendWhatsApp(sandbox, whatsAppText("46"))).status).toBe(200);
  expect((await sendWhatsApp(sandbox, whatsAppText("47"))).body.error.code).toBe(131056);
});

test("a wrong token, a foreign number and a foreign user are refused as Meta refuses them", async () => {
  const { sandbox } = await startPair();
  const forged = await sendWhatsApp(sandbox, whatsAppText("Hello"), "another token");
  expect([forged.status, forged.body.error.code]).toEqual([401, 190]);
  const foreign = await fetch(`${sandbox.url}/meta/v24.0/999999999999999/messages`, {
    method: "POST",
    headers: { authorization: "Bearer meta-access-token-of-the-tests" },
    body: "{}",
  });
  expect(await foreign.json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
});

test.each([
  ["no product", { messaging_product: "sms", to: CUSTOMER, text: { body: "x" } }, 100],
  ["no recipient", { type: "text", text: { body: "x" } }, 100],
  ["no text", { to: CUSTOMER, type: "text" }, 100],
  ["an empty text", whatsAppText(""), 100],
  ["a text of 4,097 characters", whatsAppText("x".repeat(4_097)), 100],
  ["an unknown type", { to: CUSTOMER, type: "carrier-pigeon" }, 131051],
  ["a template without a language", { to: CUSTOMER, type: "template", template: { name: "x" } }, 100],
  ["too much callback data", whatsAppText("x", { biz_opaque_callback_data: "x".repeat(513) }), 100],
  ["a recipient that is no number", whatsAppText("x", { to: "the customer" }), 131009],
  ["reading a message of nobody", { status: "read", message_id: "wamid.unknown" }, 131009],
])("%s is refused", async (_, body, code) => {
  const { sandbox } = await startPair();
  expect((await sendWhatsApp(sandbox, body)).body.error.code).toBe(code);
});

test("errors are given out in the order in which they were asked for, and only to whom", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.whatsApp(WRITES, { text: "Hi" });
  await sandbox.control.behave(
    { provider: "meta", on: "send", effect: { kind: "error", code: 130429 } },
    {
      provider: "meta",
      on: "send",
      match: { to: CUSTOMER },
      times: 2,
      effect: { kind: "error", code: 131026 },
    },
    { provider: "meta", on: "send", match: { to: "+447700900999" }, effect: { kind: "error", code: 131000 } },
  );
  const codes = [];
  for (let n = 0; n < 4; n++)
    codes.push((await sendWhatsApp(sandbox, whatsAppText("Hello"))).body.error?.code);
  expect(codes).toEqual([130429, 131026, 131026, undefined]);
});

test("a customer is reached by the business-scoped id, too", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.whatsApp({ ...WRITES, identity: "id-only" }, { text: "Hi" });
  await sandbox.control.flush();
  const [message] = JSON.parse(receiver.got[0]?.body ?? "").entry[0].changes[0].value.messages;
  expect(message).not.toHaveProperty("from");
  const sent = await sendWhatsApp<{ contacts: object[] }>(sandbox, {
    recipient: message.from_user_id,
    text: { body: "Hi" },
  });
  expect(sent.body.contacts).toEqual([{ input: message.from_user_id, user_id: message.from_user_id }]);
  expect((await sandbox.control.customer("brightside", CUSTOMER)).messages.at(-1)?.text).toBe("Hi");
});

test("a number without a plus and without the country code gets the business' own", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.whatsApp(WRITES, { text: "Hi" });
  for (const to of ["447700900101", "7700900101", "+44 7700 900101"])
    expect((await sendWhatsApp(sandbox, whatsAppText("Hello", { to }))).status).toBe(200);
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello", { to: "16505551234" }))).body.error.code).toBe(
    131047,
  );
});

test("marking as read turns the ticks blue and shows that somebody types", async () => {
  const { sandbox } = await startPair();
  const [id] = await sandbox.control.whatsApp(WRITES, { text: "Hi" });
  await sandbox.control.flush();
  const marked = await sendWhatsApp(sandbox, {
    status: "read",
    message_id: id,
    typing_indicator: { type: "text" },
  });
  expect(marked.body).toEqual({ success: true });
  const view = await sandbox.control.customer("brightside", CUSTOMER);
  expect(view.messages[0]?.tick).toBe("read");
  expect(view.typingUntil).not.toBeNull();
});
