import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { claimMessage } from "@/lib/inbox/claim-message";
import { recordSend } from "@/lib/inbox/record-send";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Json,
  messagesFrom,
  metaFailure,
  metaPost,
  metaStatus,
  metaText,
  newWamid,
  someCustomer,
  statusesOf,
} from "../factories/whatsapp";

const ctx = systemContext("test");
const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx);
});
afterAll(closePool);

async function deliver(body: Json): Promise<void> {
  const answer = await POST(new Request("http://127.0.0.1:3000/api/webhooks/whatsapp", metaPost(body)));
  expect(answer.status).toBe(200);
}

const report = (...statuses: Json[]): Promise<void> =>
  deliver(statusesOf(garage.whatsAppNumberId, ...statuses));

const messageOf = (id: string) =>
  prisma().message.findFirstOrThrow({
    where: { id },
    include: { conversation: { include: { contact: true } } },
  });

/** A canned reply that is being sent; `taken`: Meta has answered with this id. */
async function givenReply(taken?: string): Promise<string> {
  const from = someCustomer();
  const id = newWamid();
  await deliver(messagesFrom(garage.whatsAppNumberId, from, metaText(from, "Hello", minutesAgo(30), id)));
  const { conversationId } = await prisma().message.findFirstOrThrow({ where: { providerId: id } });
  const reply = await prisma().message.findFirstOrThrow({ where: { conversationId, author: "canned" } });
  expect(await claimMessage(ctx, garage.orgId, reply.id)).toMatchObject({ kind: "send" });
  if (taken) await recordSend(ctx, garage.orgId, reply.id, { kind: "sent", providerId: taken });
  return reply.id;
}

describe("statuses", () => {
  test("in any order and twice never take a message back", async () => {
    const id = newWamid();
    const reply = await givenReply(id);
    const [sent, delivered, read] = [minutesAgo(3), minutesAgo(2), minutesAgo(1)];
    await report(metaStatus(id, "read", read), metaStatus(id, "sent", sent));
    await report(
      metaStatus(id, "delivered", delivered),
      metaStatus(id, "read", now),
      metaStatus(id, "failed", now, metaFailure(131026)),
    );
    expect(await messageOf(reply)).toMatchObject({ status: "read", readAt: read, deliveredAt: delivered });
    expect((await messageOf(reply)).conversation.attentionReason).toBe("credit-exhaustion");
  });

  test("that overtake the send's own answer find the message by our id", async () => {
    const reply = await givenReply();
    const id = newWamid();
    await report(metaStatus(id, "delivered", now, { biz_opaque_callback_data: reply }));
    expect(await messageOf(reply)).toMatchObject({ status: "delivered", providerId: id });
  });

  test("that come before their message is known are applied when it is", async () => {
    const id = newWamid();
    await report(metaStatus(id, "delivered", now, { biz_opaque_callback_data: "not-our-id" }));
    expect(await messageOf(await givenReply(id))).toMatchObject({ status: "delivered" });
  });

  test("of listening to a voice message count as read", async () => {
    const id = newWamid();
    const reply = await givenReply(id);
    await report(metaStatus(id, "played", now));
    expect(await messageOf(reply)).toMatchObject({ status: "read" });
  });

  test.each([
    ["1e308", 131026],
    ["99999999999999999999", 99_999_999_999],
    ["-5", 0.5],
    ["", -3_000_000_000],
  ])("with the time %j and the error %d are taken all the same", async (timestamp, code) => {
    const id = newWamid();
    const reply = await givenReply(id);
    await report({ ...metaStatus(id, "failed", now, metaFailure(code)), timestamp });
    const message = await messageOf(reply);
    expect(message.status).toBe("failed");
    expect(message.failedAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe("a failed status", () => {
  test("says why in plain words, and tells staff", async () => {
    const id = newWamid();
    const reply = await givenReply(id);
    await report(metaStatus(id, "failed", now, metaFailure(131026)));
    const message = await messageOf(reply);
    expect(message).toMatchObject({ status: "failed", errorCode: 131026 });
    expect(message.errorText).toBe("WhatsApp cannot deliver to this customer. Try another channel.");
    expect(message.conversation).toMatchObject({ needsAttention: true, attentionReason: "not-delivered" });
  });

  test("beside a delivery, before or after it, leaves no error behind", async () => {
    for (const order of [
      ["failed", "delivered"],
      ["delivered", "failed"],
      ["failed", "read", "failed"],
    ]) {
      const id = newWamid();
      const reply = await givenReply(id);
      for (const status of order)
        await report(metaStatus(id, status, now, status === "failed" ? metaFailure(131026) : {}));
      const message = await messageOf(reply);
      expect(message).toMatchObject({ errorCode: null, errorText: null });
      expect(message.status).not.toBe("failed");
    }
  });

  test("of a code that we do not know keeps Meta's words", async () => {
    const id = newWamid();
    const reply = await givenReply(id);
    await report(metaStatus(id, "failed", now, metaFailure(199_999)));
    expect(await messageOf(reply)).toMatchObject({ errorCode: 199_999, errorText: "Details." });
  });

  test("for the 24-hour window closes it as of then, once", async () => {
    const id = newWamid();
    const reply = await givenReply(id);
    const failed = metaStatus(id, "failed", minutesAgo(10), metaFailure(131047));
    await report(failed);
    expect((await messageOf(reply)).conversation.windowEndsAt).toEqual(minutesAgo(10));
    const { waId } = (await messageOf(reply)).conversation.contact;
    await deliver(
      messagesFrom(garage.whatsAppNumberId, {}, metaText({ waId }, "Still there?", minutesAgo(5))),
    );
    await report(failed);
    const reopened = new Date(minutesAgo(5).getTime() + 24 * 3_600_000);
    expect((await messageOf(reply)).conversation.windowEndsAt).toEqual(reopened);
  });
});
