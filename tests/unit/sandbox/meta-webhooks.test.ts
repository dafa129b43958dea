import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { CUSTOMER, type Delivered, SECRETS, sendWhatsApp, startPair, whatsAppText } from "./support";

const WRITES = { line: "brightside", from: CUSTOMER, name: "Zoë Carter" };

const changeOf = ({ body }: Delivered) => JSON.parse(body).entry[0].changes[0].value;
const statusesOf = (got: Delivered[]) => got.flatMap((one) => changeOf(one).statuses ?? []);
const signatureOf = (body: string) =>
  `sha256=${createHmac("sha256", SECRETS.metaAppSecret).update(body).digest("hex")}`;

test("a customer's message arrives in Meta's envelope, escaped, and signed over its raw bytes", async () => {
  const { sandbox, receiver } = await startPair();
  const [id] = await sandbox.control.whatsApp(WRITES, { text: "Wie geht's? £5 👍" });
  await sandbox.control.flush();
  const [got] = receiver.got as [Delivered];
  expect(got.path).toBe("/api/webhooks/whatsapp");
  expect(got.headers["x-hub-signature-256"]).toBe(signatureOf(got.body));
  expect(got.body).toContain("\\u00a35 \\ud83d\\udc4d");
  expect(changeOf(got)).toEqual({
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "441134960001", phone_number_id: "100000000000001" },
    contacts: [
      { profile: { name: "Zoë Carter" }, wa_id: "447700900101", user_id: expect.stringMatching(/^GB\.\d+$/) },
    ],
    messages: [
      {
        from: "447700900101",
        from_user_id: expect.stringMatching(/^GB\.\d+$/),
        id,
        timestamp: expect.stringMatching(/^\d{10}$/),
        type: "text",
        text: { body: "Wie geht's? £5 👍" },
      },
    ],
  });
});

test("an accepted message is followed by sent, delivered and read, with what the business attached to it", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.openWindow({ line: "brightside", from: CUSTOMER });
  const sent = await sendWhatsApp(sandbox, whatsAppText("Hello", { biz_opaque_callback_data: "msg-1" }));
  const id = sent.body.messages[0]?.id;
  await sandbox.control.flush();
  const statuses = statusesOf(receiver.got);
  expect(statuses.map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
  for (const status of statuses)
    expect(status).toMatchObject({ id, biz_opaque_callback_data: "msg-1", recipient_id: "447700900101" });
  expect(statuses[0].pricing).toEqual({
    billable: false,
    pricing_model: "PMP",
    type: "free_customer_service",
    category: "service",
  });
  expect(statuses[2]).not.toHaveProperty("pricing");
});

test("a message that fails later says why, without contacts", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.openWindow({ line: "brightside", from: CUSTOMER });
  await sandbox.control.behave({
    provider: "meta",
    on: "send",
    effect: { kind: "failed-status", code: 131026 },
  });
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).status).toBe(200);
  await sandbox.control.flush();
  const [got] = receiver.got as [Delivered];
  expect(changeOf(got)).not.toHaveProperty("contacts");
  expect(statusesOf(receiver.got)).toMatchObject([
    { status: "failed", errors: [{ code: 131026, title: "Message undeliverable" }] },
  ]);
});

test("deliveries come twice, in another order, forged, or not at all, as asked for", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.openWindow({ line: "brightside", from: CUSTOMER });
  await sandbox.control.behave(
    { provider: "meta", on: "delivery", match: { status: "sent" }, effect: { kind: "reorder" } },
    { provider: "meta", on: "delivery", match: { status: "delivered" }, effect: { kind: "duplicate" } },
    { provider: "meta", on: "delivery", match: { status: "read" }, effect: { kind: "drop" } },
  );
  await sendWhatsApp(sandbox, whatsAppText("Hello"));
  await sandbox.control.flush();
  expect(statusesOf(receiver.got).map(({ status }) => status)).toEqual(["delivered", "sent", "delivered"]);
  await sandbox.control.behave({ provider: "meta", on: "delivery", effect: { kind: "forge" } });
  await sandbox.control.whatsApp(WRITES, { text: "Hi" });
  await sandbox.control.flush();
  const last = receiver.got.at(-1);
  expect(last?.headers["x-hub-signature-256"]).not.toBe(signatureOf(last?.body ?? ""));
});

test("a flush can turn the order round, deliver copies, and put everything into one POST", async () => {
  const { sandbox, receiver } = await startPair();
  for (const text of ["one", "two", "three"]) await sandbox.control.whatsApp(WRITES, { text });
  await sandbox.control.flush({ order: "reversed", copies: 2 });
  const texts = receiver.got.map((one) => changeOf(one).messages[0].text.body);
  expect(texts).toEqual(["three", "three", "two", "two", "one", "one"]);
  receiver.got.length = 0;
  for (const text of ["four", "five"]) await sandbox.control.whatsApp(WRITES, { text });
  await sandbox.control.whatsApp(WRITES, { text: "six" }, { text: "seven" });
  await sandbox.control.flush({ batch: true });
  expect(receiver.got).toHaveLength(1);
  const [batch] = receiver.got as [Delivered];
  expect(batch.headers["x-hub-signature-256"]).toBe(signatureOf(batch.body));
  expect(
    JSON.parse(batch.body).entry[0].changes.map(
      (change: { value: { messages: unknown[] } }) => change.value.messages.length,
    ),
  ).toEqual([1, 1, 2]);
});

test("anything but 200 is tried again with the same bytes, one attempt a flush", async () => {
  const { sandbox, receiver } = await startPair();
  receiver.answer = () => ({ status: receiver.got.length < 3 ? 503 : 200 });
  await sandbox.control.whatsApp(WRITES, { text: "Hi" });
  for (const pending of [1, 1, 0]) {
    await sandbox.control.flush();
    expect(await sandbox.control.pending()).toBe(pending);
  }
  expect(new Set(receiver.got.map(({ body }) => body)).size).toBe(1);
  expect(receiver.got).toHaveLength(3);
});

test("without manual delivery everything arrives by itself, in order", async () => {
  const { sandbox, receiver } = await startPair();
  const statusDelaysMs = { sent: 1, delivered: 2, read: 3 };
  await sandbox.control.settings({ delivery: "auto", statusDelaysMs });
  await sandbox.control.openWindow({ line: "brightside", from: CUSTOMER });
  await sendWhatsApp(sandbox, whatsAppText("Hello"));
  await expect
    .poll(() => statusesOf(receiver.got).map(({ status }) => status))
    .toEqual(["sent", "delivered", "read"]);
});

test("a picture can be fetched with the token for five minutes", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.whatsApp(WRITES, { picture: "sample", caption: "Was ist das?" });
  await sandbox.control.flush();
  const { image } = changeOf(receiver.got[0] as Delivered).messages[0];
  const headers = { authorization: `Bearer ${SECRETS.metaAccessToken}` };
  const found = await fetch(`${sandbox.url}/meta/v24.0/${image.id}`, { headers });
  const { url, mime_type } = (await found.json()) as { url: string; mime_type: string };
  const picture = await fetch(url, { headers });
  expect([picture.status, picture.headers.get("content-type"), mime_type]).toEqual([
    200,
    "image/png",
    "image/png",
  ]);
  expect((await fetch(url)).status).toBe(401);
  await sandbox.control.advance(301);
  expect((await fetch(url, { headers })).status).toBe(404);
});

test("the handshake succeeds only where the challenge comes back as it is", async () => {
  const { sandbox, receiver } = await startPair();
  receiver.answer = ({ path }) => {
    const query = new URL(path, "http://receiver").searchParams;
    const known = query.get("hub.verify_token") === SECRETS.metaVerifyToken;
    return known ? { status: 200, body: query.get("hub.challenge") ?? "" } : { status: 403 };
  };
  expect(await sandbox.control.verifyWebhook()).toEqual({ verified: true, status: 200 });
  receiver.answer = () => ({ status: 403 });
  expect(await sandbox.control.verifyWebhook()).toEqual({ verified: false, status: 403 });
});
