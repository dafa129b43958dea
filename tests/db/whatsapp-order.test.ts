import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { claimMessage } from "@/lib/inbox/claim-message";
import { getConversation } from "@/lib/inbox/get-conversation";
import { reply } from "@/lib/inbox/reply";
import { givenAdvisor, member } from "../factories/message-garage";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Customer,
  type Json,
  messagesFrom,
  metaMessage,
  metaPost,
  metaText,
  newWamid,
  someCustomer,
} from "../factories/whatsapp";

const ctx = systemContext("test");
const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const DAY = 24 * 3_600;

let garage: GivenOrganisation;
const otherNumber = "100000000099991";
beforeAll(async () => {
  garage = await givenOrganisation(ctx, { purchased: 100 });
  await prisma().channelNumber.create({
    data: { channel: "whatsapp", identity: otherNumber, orgId: garage.orgId },
  });
});
afterAll(closePool);

async function deliver(from: Customer, message: Json, number = garage.whatsAppNumberId): Promise<void> {
  const init = metaPost(messagesFrom(number, from, message));
  const answer = await POST(new Request("http://127.0.0.1:3000/api/webhooks/whatsapp", init));
  expect(answer.status).toBe(200);
}

const messageOf = (providerId: string) =>
  prisma().message.findFirstOrThrow({ where: { providerId }, include: { conversation: true } });

const edit = (from: Customer, of: string, body: string, at: Date) =>
  metaMessage(
    from,
    "edit",
    { edit: { original_message_id: of, message: { type: "text", text: { body } } } },
    at,
  );
const revoke = (from: Customer, of: string, at: Date) =>
  metaMessage(from, "revoke", { revoke: { original_message_id: of } }, at);

describe("what a customer says of an earlier message", () => {
  test("counts by its own time: a later edit stands, whichever comes last", async () => {
    const from = someCustomer();
    const id = newWamid();
    await deliver(from, metaText(from, "Wednesday", secondsAgo(60), id));
    await deliver(from, edit(from, id, "Tuesday", secondsAgo(40)));
    await deliver(from, edit(from, id, "Monday", secondsAgo(50)));
    expect(await messageOf(id)).toMatchObject({ body: "Tuesday", editedAt: secondsAgo(40) });
  });

  test("waits for its message: an edit that comes first is applied when the text comes", async () => {
    const from = someCustomer();
    const id = newWamid();
    await deliver(from, edit(from, id, "Is it redy?", secondsAgo(50)));
    await deliver(from, edit(from, id, "Is it ready?", secondsAgo(40)));
    await deliver(from, metaText(from, "Is it rady?", secondsAgo(60), id));
    expect(await messageOf(id)).toMatchObject({ body: "Is it ready?", editedAt: secondsAgo(40) });
  });

  test("a message that was withdrawn before it came is shown so, and never answered; it stays withdrawn", async () => {
    const from = someCustomer();
    const id = newWamid();
    await deliver(from, revoke(from, id, secondsAgo(30)));
    await deliver(from, metaText(from, "Forget this", secondsAgo(60), id));
    await deliver(from, edit(from, id, "Really", secondsAgo(20)));
    expect(await messageOf(id)).toMatchObject({ revokedAt: secondsAgo(30), body: "Really" });
    expect(await prisma().interaction.count({ where: { providerRef: id } })).toBe(0);
  });

  test("counts only where its author says it: nobody changes another customer's words", async () => {
    const [from, stranger] = [someCustomer(), someCustomer()];
    const id = newWamid();
    await deliver(from, metaText(from, "Mine", secondsAgo(60), id));
    await deliver(stranger, edit(stranger, id, "Theirs", secondsAgo(50)));
    await deliver(stranger, revoke(stranger, id, secondsAgo(40)));
    expect(await messageOf(id)).toMatchObject({ body: "Mine", editedAt: null, revokedAt: null });
  });
});

describe("two numbers of one garage", () => {
  test.each([
    ["a few minutes", 360],
    ["more than a day", 25 * 3_600],
  ])(
    "a reply leaves from the number written to last, though the other one's text is %s late",
    async (_, late) => {
      const from = someCustomer();
      const id = newWamid();
      await deliver(from, metaText(from, "To the second", secondsAgo(60), id), otherNumber);
      await deliver(from, metaText(from, "To the first, earlier", secondsAgo(late)));
      const { conversation } = await messageOf(id);
      expect(conversation).toMatchObject({
        identity: otherNumber,
        windowEndsAt: new Date(secondsAgo(60).getTime() + DAY * 1_000),
      });
      const advisor = await givenAdvisor(garage.orgId);
      const conversationId = conversation.id;
      await reply(advisor, { orgId: garage.orgId, conversationId, body: "It is ready.", key: "key-0001" });
      const sent = await prisma().message.findFirstOrThrow({ where: { conversationId, author: "staff" } });
      expect(await claimMessage(ctx, garage.orgId, sent.id)).toMatchObject({
        kind: "send",
        message: { identity: otherNumber },
      });
    },
  );

  test("a later message opens the window again, whichever of the numbers it came to", async () => {
    const from = someCustomer();
    const id = newWamid();
    await deliver(from, metaText(from, "Yesterday", secondsAgo(25 * 3_600), id));
    const { conversationId } = await messageOf(id);
    const windowOf = async () =>
      (await getConversation(member(garage.orgId), garage.orgId, conversationId)).conversation.windowEndsAt;
    expect(new Date((await windowOf()) ?? 0) < now).toBe(true);
    await deliver(from, metaText(from, "Today", secondsAgo(30)), otherNumber);
    expect(await windowOf()).toBe(new Date(secondsAgo(30).getTime() + DAY * 1_000).toISOString());
    const { rows } = await pool().query(`SELECT identity FROM conversation WHERE id = $1`, [conversationId]);
    expect(rows).toEqual([{ identity: otherNumber }]);
  });
});
