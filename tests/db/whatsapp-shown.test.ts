import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { acceptMessages } from "@/lib/inbox/accept-messages";
import { getConversation } from "@/lib/inbox/get-conversation";
import { member } from "../factories/message-garage";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Customer,
  type Json,
  messagesFrom,
  metaContact,
  metaDelivery,
  metaMessage,
  metaPost,
  metaText,
  metaTime,
  newWamid,
  someCustomer,
} from "../factories/whatsapp";

const ctx = systemContext("test");
const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const HOURS_24 = 24 * 3_600_000;

let garage: GivenOrganisation;
let exhausted: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx, { purchased: 100 });
  exhausted = await givenOrganisation(ctx);
});
afterAll(closePool);

async function deliver(body: Json): Promise<void> {
  const answer = await POST(new Request("http://127.0.0.1:3000/api/webhooks/whatsapp", metaPost(body)));
  expect(answer.status).toBe(200);
}

const write = (to: GivenOrganisation, from: Customer, ...messages: Json[]) =>
  deliver(messagesFrom(to.whatsAppNumberId, from, ...messages));

const messageOf = (providerId: string) =>
  prisma().message.findFirstOrThrow({ where: { providerId }, include: { conversation: true } });

const threadOf = async (of: GivenOrganisation, providerId: string) =>
  getConversation(member(of.orgId), of.orgId, (await messageOf(providerId)).conversationId);

describe("what is no private question is shown, with no answer, no canned words and no charge", () => {
  const kinds: [string, (from: Customer, id: string) => Json][] = [
    [
      "a message in a group",
      (from, id) => ({ ...metaText(from, "Who does MOTs on Saturdays?", now, id), group_id: "GRP.7" }),
    ],
    ["an opened chat", (from, id) => metaMessage(from, "request_welcome", {}, now, id)],
    ["an empty text", (from, id) => metaText(from, "", now, id)],
    ["a text of blanks", (from, id) => metaText(from, "  \u200b\n", now, id)],
  ];

  test.each(kinds)("%s", async (_, message) => {
    for (const to of [garage, exhausted]) {
      const from = someCustomer();
      const id = newWamid();
      await write(to, from, message(from, id));
      const { conversation, messages } = await threadOf(to, id);
      expect(messages).toHaveLength(1);
      expect(messages).toMatchObject([{ author: "customer", degraded: false }]);
      expect(conversation.needsAttention).toBe(false);
      expect(await prisma().interaction.count({ where: { providerRef: id } })).toBe(0);
    }
  });

  test("a group's message says so, and opens no private window", async () => {
    const from = someCustomer();
    const id = newWamid();
    await write(garage, from, { ...metaText(from, "Anybody?", now, id), group_id: "GRP.7" });
    expect(await messageOf(id)).toMatchObject({ parts: { group: { id: "GRP.7" } } });
    const { conversation, messages } = await threadOf(garage, id);
    expect(messages).toMatchObject([{ inGroup: true }]);
    expect(conversation.windowEndsAt).toBeNull();
  });
});

describe("a customer's WhatsApp call", () => {
  const calls = (from: Customer, ...items: Json[]) =>
    deliver(
      metaDelivery([
        {
          field: "calls",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: "441134960000", phone_number_id: garage.whatsAppNumberId },
            contacts: [metaContact(from)],
            calls: items,
          },
        },
      ]),
    );
  const call = (from: Customer, id: string, event: string, at: Date, fields: Json = {}): Json => ({
    id,
    to: "441134960000",
    from: from.waId,
    event,
    timestamp: metaTime(at),
    direction: "USER_INITIATED",
    ...fields,
  });

  test("that nobody takes shows as one line, is flagged, and opens the window", async () => {
    const from = someCustomer();
    const id = `wacid.${newWamid()}`;
    const rings = call(from, id, "connect", minutesAgo(2), { session: { sdp_type: "offer", sdp: "v=0" } });
    const ends = call(from, id, "terminate", minutesAgo(1), { status: "FAILED" });
    await calls(from, rings);
    expect((await threadOf(garage, id)).messages).toMatchObject([{ type: "call", body: "WhatsApp call" }]);
    for (const item of [ends, rings, ends]) await calls(from, item);
    const { conversation, messages } = await threadOf(garage, id);
    expect(messages).toMatchObject([{ author: "customer", type: "call", body: "Missed WhatsApp call" }]);
    expect(conversation).toMatchObject({
      needsAttention: true,
      attentionReason: "missed-call",
      windowEndsAt: new Date(minutesAgo(1).getTime() + HOURS_24).toISOString(),
    });
    expect(await prisma().interaction.count({ where: { providerRef: id } })).toBe(0);
  });

  test("that was taken says how long, and waits for nobody, though its end comes first", async () => {
    const from = someCustomer();
    const id = `wacid.${newWamid()}`;
    const ends = { status: "COMPLETED", start_time: "1", end_time: "126", duration: 125 };
    await calls(from, call(from, id, "terminate", minutesAgo(1), ends));
    await calls(from, call(from, id, "connect", minutesAgo(4)));
    const { conversation, messages } = await threadOf(garage, id);
    expect(messages).toMatchObject([{ body: "WhatsApp call, 2 min 5 s" }]);
    expect(conversation.needsAttention).toBe(false);
  });

  test("calls of ours are kept as they came", async () => {
    const from = someCustomer();
    const id = `wacid.${newWamid()}`;
    await calls(from, call(from, id, "connect", now, { direction: "BUSINESS_INITIATED" }));
    expect(await prisma().message.count({ where: { providerId: id } })).toBe(0);
    const kept = await prisma().providerEvent.findMany({ where: { provider: "meta", type: "calls" } });
    expect(JSON.stringify(kept)).toContain(id);
  });
});

describe("what the garage types on its own phone", () => {
  const echo = (
    from: Customer,
    id: string,
    at: Date,
    fields: Json = { type: "text", text: { body: "£380 all in" } },
  ) =>
    deliver(
      metaDelivery([
        {
          field: "smb_message_echoes",
          value: {
            metadata: { phone_number_id: garage.whatsAppNumberId },
            message_echoes: [{ from: "441134960000", to: from.waId, id, timestamp: metaTime(at), ...fields }],
          },
        },
      ]),
    );

  test("stands on the garage's side, free, and pauses the AI for half an hour", async () => {
    const from = someCustomer();
    const [question, answer, ok] = [newWamid(), newWamid(), newWamid()];
    await write(garage, from, metaText(from, "How much is a clutch?", minutesAgo(3), question));
    for (let times = 0; times < 2; times += 1) await echo(from, answer, minutesAgo(2));
    await write(garage, from, metaText(from, "OK", minutesAgo(1), ok));
    const { conversation, messages } = await threadOf(garage, question);
    expect(messages.map(({ author, type, body }) => [author, type, body])).toEqual([
      ["customer", "text", "How much is a clutch?"],
      ["staff", "echo", "£380 all in"],
      ["customer", "text", "OK"],
    ]);
    expect(conversation.aiPausedUntil).toBe(new Date(minutesAgo(2).getTime() + 30 * 60_000).toISOString());
    expect(conversation).toMatchObject({ needsAttention: true, attentionReason: "no-automatic-answer" });
    expect(await prisma().interaction.count({ where: { providerRef: { in: [answer, ok] } } })).toBe(0);
  });

  test("half an hour later the AI answers again", async () => {
    const from = someCustomer();
    const [answer, later] = [newWamid(), newWamid()];
    await echo(from, answer, minutesAgo(31));
    await write(garage, from, metaText(from, "And brakes?", now, later));
    expect(await prisma().interaction.count({ where: { providerRef: later } })).toBe(1);
    expect((await threadOf(garage, later)).conversation.aiPausedUntil).toBeNull();
  });

  test("answers what waited before it, not what came after", async () => {
    const from = someCustomer();
    const [question, after] = [newWamid(), newWamid()];
    await write(exhausted, from, metaText(from, "Hello?", minutesAgo(5), question));
    expect((await threadOf(exhausted, question)).conversation.needsAttention).toBe(true);
    const item = {
      from: "44",
      to: from.waId,
      id: after,
      timestamp: metaTime(minutesAgo(4)),
      type: "text",
      text: { body: "Hi" },
    };
    const value = { metadata: { phone_number_id: exhausted.whatsAppNumberId }, message_echoes: [item] };
    await deliver(metaDelivery([{ field: "smb_message_echoes", value }]));
    expect((await threadOf(exhausted, question)).conversation.needsAttention).toBe(false);
  });

  test("is changed and deleted on the garage's side", async () => {
    const from = someCustomer();
    const [first, edited, deleted] = [newWamid(), newWamid(), newWamid()];
    await echo(from, first, minutesAgo(5));
    const newWords = { type: "text", text: { body: "£360 all in" } };
    await echo(from, edited, minutesAgo(4), {
      type: "edit",
      edit: { original_message_id: first, message: newWords },
    });
    expect(await messageOf(first)).toMatchObject({ body: "£360 all in", editedAt: minutesAgo(4) });
    await echo(from, deleted, minutesAgo(3), { type: "revoke", revoke: { original_message_id: first } });
    expect(await messageOf(first)).toMatchObject({ revokedAt: minutesAgo(3) });
  });
});

test("a run of messages that one sender repeats within a delivery is stored once each", async () => {
  const from = someCustomer();
  const profile = { orgId: garage.orgId, name: garage.name, phone: null, portalUrl: null };
  const sender = { externalId: from.bsuid ?? "", bsuid: from.bsuid ?? "", canBeAnswered: true };
  const message = {
    channel: "whatsapp",
    identity: garage.whatsAppNumberId,
    providerId: newWamid(),
    sender,
    type: "text",
    body: "Hi",
    at: now,
    wantsAnswer: true,
  } as const;
  const { outcomes } = await acceptMessages(ctx, profile, [message, { ...message }, { ...message }]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["accepted", "duplicate", "duplicate"]);
  expect(await prisma().message.count({ where: { providerId: message.providerId } })).toBe(1);
});
