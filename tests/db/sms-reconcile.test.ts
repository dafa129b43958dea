import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/sms/route";
import { parseWhatsApp } from "@/lib/channels/whatsapp/parse";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { claimMessage } from "@/lib/inbox/claim-message";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { recordSend } from "@/lib/inbox/record-send";
import { reconcileMessages } from "@/lib/jobs/reconcile-messages";
import { metrics } from "@/lib/shared/metrics";
import { testContext } from "../factories/ledger";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import { inboundSms, someNumber, twilioPost } from "../factories/twilio";
import { messagesFrom, metaText, newWamid, someCustomer } from "../factories/whatsapp";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { counted } from "../support/counted";

const MINUTE = 60_000;
const start = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const ago = (minutes: number) => new Date(start.getTime() - minutes * MINUTE);
const CANNED = "Hi! We've received your message and our team will get back to you shortly.";

const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;
const ctx = testContext(start);
let garage: GivenOrganisation;

beforeAll(async () => {
  garage = await givenOrganisation(ctx);
});
beforeEach(async () => {
  ctx.travel(start);
  await control.reset();
});
afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

type Kept = Parameters<typeof control.keepSms>[0];

/** A customer's text that Twilio has, written an hour ago. */
const inbound = (given: Partial<Kept> = {}): Promise<string> =>
  control.keepSms({
    ...{ line: garage.phone, customer: someNumber(), direction: "inbound", text: "Hello?" },
    ...{ status: "received", at: ago(60).toISOString(), ...given },
  });

/** A text of ours that Twilio has. */
const outbound = (customer: string, given: Partial<Kept> = {}): Promise<string> =>
  control.keepSms({
    ...{ line: garage.phone, customer, direction: "outbound-api", text: CANNED, status: "delivered" },
    ...{ at: new Date(Date.now() + MINUTE).toISOString(), ...given },
  });

const byProvider = (providerId: string) => prisma().message.findFirst({ where: { providerId } });
const byId = (id: string) =>
  prisma().message.findFirstOrThrow({ where: { id }, include: { conversation: true } });

/** A canned reply caught in mid-send. */
async function givenSending(): Promise<{ id: string; to: string }> {
  const to = someNumber();
  const fields = inboundSms({ To: garage.phone, From: to, Body: "Hello" });
  await POST(new Request("http://x.invalid/api/webhooks/sms", twilioPost("/api/webhooks/sms", fields)));
  const { conversationId } = await prisma().message.findFirstOrThrow({
    where: { providerId: String(fields.MessageSid) },
  });
  const { id } = await prisma().message.findFirstOrThrow({ where: { conversationId, author: "canned" } });
  await claimMessage(ctx, garage.orgId, id);
  return { id, to };
}

const later = (minutes: number) => ctx.travel(new Date(Date.now() + minutes * MINUTE));

describe("texts that never came", () => {
  test("are stored and answered as if they had, with their own time, once", async () => {
    const missed = await inbound({ text: "Is my car ready?" });
    const labels = { channel: "sms", outcome: "found" };
    const before = await counted(metrics().messagesReconciled, labels);
    for (const found of [1, 0]) {
      expect((await reconcileMessages(ctx)).inboundSms).toEqual({ found, failed: 0 });
    }
    expect((await counted(metrics().messagesReconciled, labels)) - before).toBe(1);
    expect(await byProvider(missed)).toMatchObject({
      body: "Is my car ready?",
      at: ago(60),
      degraded: true,
    });
    expect(
      await prisma().message.count({
        where: { sourceKey: { startsWith: "canned:" }, body: { contains: "received" } },
      }),
    ).toBe(1);
  });

  test("are not fetched while their webhook may still come, nor what we sent ourselves", async () => {
    const fresh = await inbound({ at: ago(1).toISOString() });
    await outbound(garage.phone, { at: ago(60).toISOString() });
    expect((await reconcileMessages(ctx)).inboundSms).toEqual({ found: 0, failed: 0 });
    expect(await byProvider(fresh)).toBeNull();
  });

  test("keep their pictures and their consent", async () => {
    const picture = await inbound({ text: "", pictures: ["sample"] });
    const quitter = someNumber();
    await inbound({ customer: quitter, text: "STOP" });
    await reconcileMessages(ctx);
    const message = `https://api.twilio.com/2010-04-01/Accounts/${process.env.TWILIO_ACCOUNT_SID}/Messages/${picture}`;
    const url = expect.stringMatching(new RegExp(`^${message}/Media/ME[0-9a-f]{32}$`));
    expect(await byProvider(picture)).toMatchObject({
      type: "image",
      parts: { media: [{ url, mimeType: "image/png" }] },
    });
    const contact = await prisma().contact.findFirst({ where: { externalId: quitter } });
    expect(contact?.optedOutAt).not.toBeNull();
  });

  test("wait for the next run where Twilio does not answer", async () => {
    await control.behave({ provider: "twilio", on: "list", times: null, effect: { kind: "hang-up" } });
    expect((await reconcileMessages(ctx)).inboundSms).toMatchObject({ found: 0, failed: 1 });
  });
});

describe("our own texts", () => {
  test("sent without word of their delivery get their status, later", async () => {
    const { id, to } = await givenSending();
    const providerId = await outbound(to, { status: "undelivered", errorCode: 30006 });
    await recordSend(ctx, garage.orgId, id, { kind: "sent", providerId });
    await reconcileMessages(ctx);
    expect(await byId(id)).toMatchObject({ status: "sent" });
    later(30);
    expect((await reconcileMessages(ctx)).outboundSms).toMatchObject({ updated: 1 });
    expect(await byId(id)).toMatchObject({
      status: "failed",
      errorCode: 30006,
      conversation: { attentionReason: "not-delivered" },
    });
  });

  test("cut off in mid-send are found among what Twilio did send", async () => {
    const { id, to } = await givenSending();
    const providerId = await outbound(to);
    await outbound(to, { text: "Something else" });
    later(30);
    await reconcileMessages(ctx);
    expect(await byId(id)).toMatchObject({ status: "delivered", providerId, segments: 1 });
  });

  test("that Twilio never got are told to staff, and not sent by themselves", async () => {
    const { id } = await givenSending();
    later(30);
    expect((await reconcileMessages(ctx)).outboundSms).toMatchObject({ unsent: 1 });
    expect(await byId(id)).toMatchObject({
      status: "failed",
      errorText: "This was not sent: the sending was interrupted.",
      conversation: { needsAttention: true, attentionReason: "not-delivered" },
    });
    const asked = await control.requests({ provider: "twilio", direction: "in" });
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  test("on which a job is still at work are left to it", async () => {
    const { id } = await givenSending();
    await prisma().$executeRaw`
      UPDATE graphile_worker._private_jobs SET locked_at = now() + interval '29 minutes', locked_by = 'w'
      WHERE key = ${`send-message:${id}`}`;
    later(30);
    await reconcileMessages(ctx);
    expect(await byId(id)).toMatchObject({ status: "sending" });
  });
});

test("a WhatsApp message cut off in mid-send is told to staff: Meta cannot be asked", async () => {
  const from = someCustomer();
  const body = messagesFrom(garage.whatsAppNumberId, from, metaText(from, "Hello", start, newWamid()));
  await receiveDelivery(ctx, parseWhatsApp(Buffer.from(JSON.stringify(body)), ctx.now()));
  const { id } = await prisma().message.findFirstOrThrow({
    where: { channel: "whatsapp", author: "canned" },
  });
  await claimMessage(ctx, garage.orgId, id);
  later(30);
  expect((await reconcileMessages(ctx)).outboundWhatsApp).toEqual({ updated: 0, unsent: 1, failed: 0 });
  expect(await byId(id)).toMatchObject({
    status: "failed",
    conversation: { attentionReason: "not-delivered" },
  });
});
