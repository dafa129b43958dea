import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as sms } from "@/app/api/webhooks/sms/route";
import { POST as smsStatus } from "@/app/api/webhooks/sms/status/route";
import { GET as handshake, POST as whatsapp } from "@/app/api/webhooks/whatsapp/route";
import { sendSms } from "@/lib/channels/sms/send";
import { sendWhatsApp } from "@/lib/channels/whatsapp/send";
import { uploadToMeta } from "@/lib/channels/whatsapp/upload-media";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { getConversation } from "@/lib/inbox/get-conversation";
import { sendMessage } from "@/lib/inbox/send-message";
import { reconcileMessages } from "@/lib/jobs/reconcile-messages";
import { testContext } from "../factories/ledger";
import { member } from "../factories/message-garage";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import { someNumber } from "../factories/twilio";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { serveRoutes } from "../support/serve-routes";

// The application as the providers meet it, over HTTP, and the local providers with their rules.
const ROUTES: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  "GET /api/webhooks/whatsapp": handshake,
  "POST /api/webhooks/whatsapp": whatsapp,
  "POST /api/webhooks/sms": sms,
  "POST /api/webhooks/sms/status": smsStatus,
};

const app = await serveRoutes(ROUTES);
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: app.url });
Object.assign(process.env, environmentOf(sandbox), { APP_URL: app.url });
const { control } = sandbox;
const ctx = testContext(new Date());

let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx);
});
beforeEach(async () => {
  await control.reset();
  await control.settings({ delivery: "manual" });
  await control.addLine({
    slug: garage.slug,
    phone: garage.phone,
    whatsAppNumberId: garage.whatsAppNumberId,
  });
  ctx.travel(new Date());
});
afterAll(async () => {
  await sandbox.stop();
  await app.stop();
  await closePool();
});

/** The canned reply to a message, and what the sending job makes of it. */
async function replyTo(
  providerId: string,
): Promise<{ id: string; send: (attempt?: number) => ReturnType<typeof sendMessage> }> {
  const { id: cause } = await prisma().message.findFirstOrThrow({ where: { providerId } });
  const { id } = await prisma().message.findFirstOrThrow({ where: { sourceKey: `canned:${cause}` } });
  const senders = { whatsapp: sendWhatsApp, sms: sendSms, handOver: uploadToMeta };
  const send = (attempt = 1) =>
    sendMessage(ctx, senders, { orgId: garage.orgId, messageId: id, attempt, lastAttempt: attempt >= 8 });
  return { id, send };
}

const messageOf = (id: string) =>
  prisma().message.findFirstOrThrow({
    where: { id },
    include: { conversation: { include: { contact: true } } },
  });

test("Meta's handshake is passed", async () => {
  expect(await control.verifyWebhook()).toMatchObject({ verified: true, status: 200 });
});

describe("a WhatsApp customer of a garage without credits", () => {
  async function write(from = someNumber(), identity: "both" | "id-only" = "both") {
    const [id = ""] = await control.whatsApp(
      { line: garage.slug, from, name: "Sam", identity },
      { text: "Is my car ready?" },
    );
    await control.flush({ copies: 2 });
    return { from, ...(await replyTo(id)) };
  }

  test.each(["both", "id-only"] as const)(
    "known by %s gets the canned reply once, and the ticks come back",
    async (identity) => {
      const { from, id, send } = await write(someNumber(), identity);
      await send();
      await control.flush({ order: "reversed", copies: 2 });
      expect(await messageOf(id)).toMatchObject({
        status: "read",
        providerId: expect.stringMatching(/^wamid\./),
      });
      const { messages } = await control.customer(garage.slug, from);
      expect(messages.map(({ from: who, text }) => [who, text])).toEqual([
        ["customer", "Is my car ready?"],
        ["garage", expect.stringMatching(/^Hi! We’ve received your message/)],
      ]);
    },
  );

  test("who wrote too long ago for Meta gets nothing more, and the window counts as closed", async () => {
    const { id, send } = await write();
    await control.advance(25 * 3_600);
    await send();
    expect(await messageOf(id)).toMatchObject({ status: "failed", errorCode: 131047 });
    expect((await messageOf(id)).conversation.windowEndsAt?.getTime()).toBeLessThanOrEqual(
      ctx.now().getTime(),
    );
  });

  test("who is sent too much at once is sent again later", async () => {
    await control.behave({ provider: "meta", on: "send", effect: { kind: "error", code: 131056 } });
    const { id, send } = await write();
    expect(await send(3)).toEqual({ afterMs: 16_000 });
    expect(await messageOf(id)).toMatchObject({ status: "queued" });
    expect(await send(4)).toBeUndefined();
    expect(await messageOf(id)).toMatchObject({ status: "sent" });
  });

  test("for whom Meta breaks the connection is not sent to twice: staff are told", async () => {
    await control.behave({ provider: "meta", on: "send", effect: { kind: "hang-up" } });
    const { id, send } = await write();
    expect(await send()).toBeUndefined();
    expect(await messageOf(id)).toMatchObject({
      status: "failed",
      errorText: expect.stringMatching(/not known/),
    });
    expect(await control.count({ provider: "meta", direction: "in", type: "send" })).toBe(1);
  });
});

describe("a WhatsApp customer, by Meta's own rules", () => {
  const threadOf = async (providerId: string) => {
    const { conversationId } = await prisma().message.findFirstOrThrow({ where: { providerId } });
    return getConversation(member(garage.orgId), garage.orgId, conversationId);
  };

  test("who calls and reaches nobody can be written to, as Meta allows", async () => {
    const from = someNumber();
    const id = await control.whatsAppCall({ line: garage.slug, from });
    await control.flush({ order: "reversed", copies: 2 });
    const { conversation, messages } = await threadOf(id);
    expect(messages.map(({ body }) => body)).toEqual(["Missed WhatsApp call"]);
    const { windowClosesAt } = await control.customer(garage.slug, from);
    expect(conversation.attentionReason).toBe("missed-call");
    // Meta tells whole seconds.
    expect(conversation.windowEndsAt?.slice(0, 19)).toBe(windowClosesAt?.slice(0, 19));
  });

  test("who writes in a group is shown, and opens no window at Meta either", async () => {
    const from = someNumber();
    const [id = ""] = await control.whatsApp(
      { line: garage.slug, from },
      { text: "Anybody?", group: "GRP.7" },
    );
    await control.flush();
    const { conversation, messages } = await threadOf(id);
    expect(messages).toMatchObject([{ inGroup: true }]);
    expect(conversation.windowEndsAt).toBeNull();
    expect((await control.customer(garage.slug, from)).windowClosesAt).toBeNull();
  });
});

describe("an SMS customer of a garage without credits", () => {
  async function write(text = "Is my car ready?", from = someNumber()) {
    const sid = await control.sms({ line: garage.slug, from, text });
    await control.flush({ copies: 2 });
    return { sid, from };
  }

  test("gets the canned sentence once, and its delivery comes back", async () => {
    const { sid, from } = await write();
    const { id, send } = await replyTo(sid);
    await send();
    await control.flush({ order: "reversed", copies: 2 });
    expect(await messageOf(id)).toMatchObject({
      status: "delivered",
      providerId: expect.stringMatching(/^SM/),
    });
    expect((await control.customer(garage.slug, from)).messages).toHaveLength(2);
  });

  test("who opted out in between gets nothing, and counts as opted out", async () => {
    const { sid, from } = await write();
    const { id, send } = await replyTo(sid);
    await control.optOut({ line: garage.slug, from, optedOut: true });
    await send();
    expect(await messageOf(id)).toMatchObject({ status: "failed", errorCode: 21610 });
    expect((await messageOf(id)).conversation.contact.optedOutAt).not.toBeNull();
  });

  test("whose network filters the reply: staff are told why", async () => {
    await control.behave({
      provider: "twilio",
      on: "send",
      effect: { kind: "failed-status", code: 30007, status: "undelivered" },
    });
    const { sid } = await write();
    const { id, send } = await replyTo(sid);
    await send();
    await control.flush();
    expect(await messageOf(id)).toMatchObject({
      status: "failed",
      errorCode: 30007,
      conversation: { attentionReason: "not-delivered" },
    });
  });

  test("whose message we failed to take is found again at Twilio", async () => {
    await control.behave({ provider: "twilio", on: "delivery", times: null, effect: { kind: "drop" } });
    const { sid } = await write("Did you get this?");
    expect(await prisma().message.count({ where: { providerId: sid } })).toBe(0);
    ctx.travel(new Date(Date.now() + 5 * 60_000));
    expect((await reconcileMessages(ctx)).inboundSms).toEqual({ found: 1, failed: 0 });
    expect(await prisma().message.findFirst({ where: { providerId: sid } })).toMatchObject({
      body: "Did you get this?",
    });
    await (await replyTo(sid)).send();
  });
});
