import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as receive } from "@/app/api/webhooks/sms/route";
import { POST } from "@/app/api/webhooks/sms/status/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { claimMessage } from "@/lib/inbox/claim-message";
import { recordSend } from "@/lib/inbox/record-send";
import { newId } from "@/lib/shared/ids";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Fields,
  inboundSms,
  newSid,
  smsStatus,
  someNumber,
  twilioPost,
  twilioSignature,
} from "../factories/twilio";

const ctx = systemContext("test");
const BASE = "http://internal.invalid:9";
const PATH = "/api/webhooks/sms/status";

let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx);
});
afterAll(closePool);

const write = async (From: string, Body: string): Promise<string> => {
  const fields = inboundSms({ To: garage.phone, From, Body });
  expect(
    (await receive(new Request(`${BASE}/api/webhooks/sms`, twilioPost("/api/webhooks/sms", fields)))).status,
  ).toBe(200);
  return String(fields.MessageSid);
};

/** A canned reply that is being sent; `sid`: Twilio has answered with this one. */
async function givenReply(sid?: string): Promise<{ id: string; from: string }> {
  const from = someNumber();
  const { conversationId } = await prisma().message.findFirstOrThrow({
    where: { providerId: await write(from, "Hello") },
  });
  const { id } = await prisma().message.findFirstOrThrow({ where: { conversationId, author: "canned" } });
  expect(await claimMessage(ctx, garage.orgId, id)).toMatchObject({ kind: "send" });
  if (sid) await recordSend(ctx, garage.orgId, id, { kind: "sent", providerId: sid });
  return { id, from };
}

async function report(
  MessageSid: string,
  MessageStatus: string,
  given: Fields = {},
  messageId?: string,
): Promise<Response> {
  const path = messageId === undefined ? PATH : `${PATH}?message=${messageId}`;
  const fields = smsStatus({ MessageSid, MessageStatus, From: garage.phone, ...given });
  return POST(new Request(BASE + path, twilioPost(path, fields)));
}

const messageOf = (id: string) =>
  prisma().message.findFirstOrThrow({
    where: { id },
    include: { conversation: { include: { contact: { include: { consents: true } } } } },
  });

describe("statuses", () => {
  test("are answered 204, in any order and twice, and never take a message back", async () => {
    const sid = newSid();
    const { id } = await givenReply(sid);
    for (const status of ["delivered", "sent", "queued", "undelivered", "sending", "accepted", "delivered"]) {
      const answer = await report(sid, status);
      expect([answer.status, await answer.text()]).toEqual([204, ""]);
    }
    expect(await messageOf(id)).toMatchObject({ status: "delivered" });
  });

  test("below sent change nothing", async () => {
    const { id } = await givenReply();
    for (const status of ["accepted", "scheduled", "queued", "sending", "receiving", "celebrated"])
      expect((await report(newSid(), status, {}, id)).status).toBe(204);
    expect(await messageOf(id)).toMatchObject({ status: "sending", providerId: null });
  });

  test("delivered wins over undelivered that came before it", async () => {
    const sid = newSid();
    const { id } = await givenReply(sid);
    await report(sid, "undelivered", { ErrorCode: "30003" });
    expect(await messageOf(id)).toMatchObject({ status: "failed", errorCode: 30003 });
    await report(sid, "delivered");
    expect(await messageOf(id)).toMatchObject({ status: "delivered" });
  });

  test("that overtake the send's own answer find the message by our id", async () => {
    const { id } = await givenReply();
    const sid = newSid();
    await report(sid, "delivered", {}, id);
    expect(await messageOf(id)).toMatchObject({ status: "delivered", providerId: sid });
  });

  test("that come before their message is known are applied when it is", async () => {
    const sid = newSid();
    await report(sid, "undelivered", { ErrorCode: "30006" }, "not-an-id");
    const { id } = await givenReply(sid);
    expect(await messageOf(id)).toMatchObject({
      status: "failed",
      errorCode: 30006,
      conversation: { attentionReason: "not-delivered" },
    });
  });

  test("that fail for an opt-out are followed, however early they come; a later opt-in stands", async () => {
    const sid = newSid();
    await report(sid, "failed", { ErrorCode: "21610" }, "not-an-id");
    const { id, from } = await givenReply(sid);
    expect((await messageOf(id)).conversation.contact.optedOutAt).not.toBeNull();
    await write(from, "START");
    expect((await messageOf(id)).conversation.contact.optedOutAt).toBeNull();
  });

  test("that do not say from which number find the message by our signed id, or by their Messaging Service", async () => {
    const { id } = await givenReply();
    expect((await report(newSid(), "failed", { From: "", ErrorCode: "30008" }, id)).status).toBe(204);
    expect(await messageOf(id)).toMatchObject({ status: "failed", errorCode: 30008 });
    const MessagingServiceSid = newSid("MG");
    await prisma().channelNumber.create({
      data: { channel: "sms", identity: MessagingServiceSid, orgId: garage.orgId },
    });
    const sid = newSid();
    const other = await givenReply(sid);
    expect((await report(sid, "failed", { From: "", MessagingServiceSid })).status).toBe(204);
    expect(await messageOf(other.id)).toMatchObject({ status: "failed" });
  });

  test("naming another organisation's message leave it alone", async () => {
    const { id } = await givenReply();
    const other = await givenOrganisation(ctx);
    await report(newSid(), "delivered", { From: other.phone }, id);
    expect(await messageOf(id)).toMatchObject({ status: "sending" });
  });

  test("of a number that no garage has are kept and answered", async () => {
    const sid = newSid();
    expect((await report(sid, "delivered", { From: "+441134969992" }, newId())).status).toBe(204);
    expect(
      await prisma().providerEvent.count({ where: { provider: "twilio", id: `status:${sid}:delivered` } }),
    ).toBe(1);
  });
});

describe("a failed status", () => {
  test("says why in plain words, and tells staff", async () => {
    const sid = newSid();
    const { id } = await givenReply(sid);
    await report(sid, "undelivered", { ErrorCode: "30007", RawDlrDoneDate: "2608201506" });
    const message = await messageOf(id);
    expect(message).toMatchObject({ status: "failed", errorCode: 30007 });
    expect(message.errorText).toBe("The network filtered this message because of its content.");
    expect(message.conversation).toMatchObject({ needsAttention: true, attentionReason: "not-delivered" });
  });

  test("21610 records the opt-out, once, and not against a later opt-in", async () => {
    const sid = newSid();
    const { id, from } = await givenReply(sid);
    for (let times = 0; times < 2; times += 1) await report(sid, "failed", { ErrorCode: "21610" });
    const { contact } = (await messageOf(id)).conversation;
    expect(contact.optedOutAt).not.toBeNull();
    expect(contact.consents).toMatchObject([{ kind: "opt_out", source: "provider-error" }]);
    await write(from, "START");
    await report(sid, "failed", { ErrorCode: "21610" });
    expect((await messageOf(id)).conversation.contact.optedOutAt).toBeNull();
  });

  test.each(["0", "-1", "1e308", "99999999999999999999", "x"])(
    "with the code %j is taken without one",
    async (ErrorCode) => {
      const sid = newSid();
      const { id } = await givenReply(sid);
      expect((await report(sid, "failed", { ErrorCode })).status).toBe(204);
      expect(await messageOf(id)).toMatchObject({ status: "failed", errorCode: null });
    },
  );
});

describe("a callback", () => {
  test("whose query was changed, or that is forged, is refused", async () => {
    const { id } = await givenReply();
    const fields = smsStatus({ MessageSid: newSid(), MessageStatus: "delivered", From: garage.phone });
    const init = twilioPost(`${PATH}?message=${newId()}`, fields);
    expect((await POST(new Request(`${BASE}${PATH}?message=${id}`, init))).status).toBe(401);
    const unsigned = {
      ...init,
      headers: { "x-twilio-signature": twilioSignature(PATH, fields, "wrong token, wrong") },
    };
    expect((await POST(new Request(BASE + PATH, unsigned))).status).toBe(401);
    expect(await messageOf(id)).toMatchObject({ status: "sending" });
  });

  test.each([
    { MessageSid: "", SmsSid: "" },
    { MessageStatus: "", SmsStatus: "" },
    { AccountSid: "ACother" },
  ])("with %j is malformed", async (given) => {
    expect((await report(newSid(), "sent", given)).status).toBe(400);
  });
});
