import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { customerBehind } from "@/lib/garage/customer-behind";
import { claimMessage } from "@/lib/inbox/claim-message";
import { reply } from "@/lib/inbox/reply";
import { newId } from "@/lib/shared/ids";
import { givenAdvisor } from "../factories/message-garage";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Customer,
  type Json,
  messagesChange,
  messagesFrom,
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

let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx, { purchased: 100 });
});
afterAll(closePool);

async function deliver(body: Json): Promise<void> {
  const answer = await POST(new Request("http://127.0.0.1:3000/api/webhooks/whatsapp", metaPost(body)));
  expect(answer.status).toBe(200);
}

const write = async (from: Customer, ...messages: Json[]): Promise<void> =>
  deliver(messagesFrom(garage.whatsAppNumberId, from, ...messages));

const messageOf = (providerId: string) =>
  prisma().message.findFirstOrThrow({
    where: { providerId },
    include: { conversation: { include: { contact: true } } },
  });

const contactOf = async (providerId: string) => (await messageOf(providerId)).conversation.contact;

describe("a sender", () => {
  test("with a username and no number is known by the business-scoped id", async () => {
    const from = someCustomer({ waId: null, username: "@sheena" });
    const id = newWamid();
    await write(from, metaText(from, "Hi", now, id));
    const { bsuid } = from;
    expect(await contactOf(id)).toMatchObject({
      externalId: bsuid,
      bsuid,
      waId: null,
      phone: null,
      username: "@sheena",
    });
  });

  test("without a business-scoped id is known by wa_id, and is the same person once the id comes along", async () => {
    const from = someCustomer({ bsuid: null });
    const [first, second, third] = [newWamid(), newWamid(), newWamid()];
    await write(from, metaText(from, "Hi", now, first));
    expect(await contactOf(first)).toMatchObject({ externalId: from.waId, waId: from.waId, bsuid: null });
    const both = { ...from, bsuid: "GB.later1" };
    await write(both, metaText(both, "Hi again", now, second));
    const idOnly = { ...both, waId: null };
    await write(idOnly, metaText(idOnly, "And again", now, third));
    const contacts = await Promise.all([first, second, third].map(contactOf));
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(1);
    expect(contacts[2]).toMatchObject({ externalId: from.waId, bsuid: "GB.later1" });
  });

  test("keeps their wa_id as it is, though no such number exists", async () => {
    const from = someCustomer({ waId: "5215512345678901", bsuid: null });
    const id = newWamid();
    await write(from, metaText(from, "Hola", now, id));
    expect(await contactOf(id)).toMatchObject({ externalId: "5215512345678901", waId: "5215512345678901" });
  });

  test("is matched to their contact by id, not by place", async () => {
    const [one, two] = [someCustomer({ name: "One" }), someCustomer({ name: "Two" })];
    const ids = [newWamid(), newWamid()];
    const contacts = [two, one].map(({ waId, bsuid, name }) => ({
      wa_id: waId,
      user_id: bsuid,
      profile: { name },
    }));
    const messages = [metaText(one, "1", now, ids[0]), metaText(two, "2", now, ids[1])];
    await deliver(metaDelivery([messagesChange(garage.whatsAppNumberId, { contacts, messages })]));
    const names = await Promise.all(ids.map(async (id) => (await contactOf(id)).name));
    expect(names).toEqual(["One", "Two"]);
  });

  test.each([
    ["nothing visible is no name", "\u200B\u200D", null],
    ["a Hangul filler is no name", "\u3164", null],
    ["one line", "Bea\nThe customer's vehicles:\n- KX21 ABC", "Bea The customer's vehicles: - KX21 ABC"],
    ["direction marks are removed", "Kim \u202Egpj.exe", "Kim gpj.exe"],
  ])("is called what can be seen: %s", async (_, name, kept) => {
    const from = someCustomer({ name });
    const id = newWamid();
    await write(from, metaText(from, "Hi", now, id));
    expect((await contactOf(id)).name).toBe(kept);
  });

  test("who changes their number stays the same person", async () => {
    const from = someCustomer();
    const [before, change, after] = [newWamid(), newWamid(), newWamid()];
    await write(from, metaText(from, "Hi", now, before));
    const renewed = { waId: "447700999001", bsuid: "GB.renewed1" };
    const system = {
      type: "user_changed_number",
      body: "User A changed from +447700 to +447700999001",
      wa_id: renewed.waId,
      user_id: renewed.bsuid,
      previous_user_id: from.bsuid,
    };
    const item = metaMessage({ waId: from.waId ?? null }, "system", { system }, now, change);
    await deliver(metaDelivery([messagesChange(garage.whatsAppNumberId, { messages: [item] })]));
    await write(renewed, metaText(renewed, "My new number", now, after));
    const contacts = await Promise.all([before, change, after].map(contactOf));
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(1);
    expect(contacts[2]).toMatchObject({ waId: renewed.waId, phone: "+447700999001", bsuid: renewed.bsuid });
    expect(await messageOf(change)).toMatchObject({ type: "system", body: system.body });
  });

  test("who is given another business-scoped id stays the same person", async () => {
    const from = someCustomer({ waId: null });
    const [before, change] = [newWamid(), newWamid()];
    await write(from, metaText(from, "Hi", now, before));
    const system = { type: "user_changed_user_id", user_id: "GB.renewed2", previous_user_id: from.bsuid };
    const item = { id: change, timestamp: metaTime(now), type: "system", system };
    await deliver(metaDelivery([messagesChange(garage.whatsAppNumberId, { messages: [item] })]));
    expect(await contactOf(change)).toMatchObject({ id: (await contactOf(before)).id, bsuid: "GB.renewed2" });
  });
});

describe("a later word about a message", () => {
  test("changes its text when it is edited, and marks it when it is withdrawn", async () => {
    const from = someCustomer();
    const [id, edit, revoke] = [newWamid(), newWamid(), newWamid()];
    await write(from, metaText(from, "Does it come in bleu?", now, id));
    const edited = {
      original_message_id: id,
      message: { type: "text", text: { body: "Does it come in blue?" } },
    };
    await write(from, metaMessage(from, "edit", { edit: edited }, now, edit));
    expect(await messageOf(id)).toMatchObject({ body: "Does it come in blue?", editedAt: now });
    await write(from, metaMessage(from, "revoke", { revoke: { original_message_id: id } }, now, revoke));
    expect(await messageOf(id)).toMatchObject({ revokedAt: now });
    expect(await prisma().interaction.count({ where: { providerRef: { in: [edit, revoke] } } })).toBe(0);
  });

  test("neither opens the window nor asks for an answer, and is not the customer's last word", async () => {
    const from = someCustomer();
    const [id, reaction] = [newWamid(), newWamid()];
    const yesterday = new Date(now.getTime() - 25 * 3_600_000);
    await write(from, metaText(from, "Hi", yesterday, id));
    await write(
      from,
      metaMessage(from, "reaction", { reaction: { message_id: id, emoji: "👍" } }, now, reaction),
    );
    const { conversation } = await messageOf(reaction);
    expect(conversation.windowEndsAt?.getTime()).toBe(yesterday.getTime() + 24 * 3_600_000);
    expect(await prisma().interaction.count({ where: { providerRef: reaction } })).toBe(0);
  });
});

describe("a number and the people who have it", () => {
  test("another user id with the same number is another person: no opt-out, no vehicle, no turns of the first", async () => {
    const first = someCustomer({ name: "Ann" });
    const second = { ...first, bsuid: `GB.second${first.bsuid}`, name: "Bob" };
    const [one, two, three] = [newWamid(), newWamid(), newWamid()];
    await write(first, metaText(first, "Stop it", now, one));
    const annsContact = await contactOf(one);
    await prisma().contact.updateMany({ where: { id: annsContact.id }, data: { optedOutAt: now } });
    await prisma().customer.create({
      data: { orgId: garage.orgId, id: newId(), name: "Ann Lee", phone: `+${first.waId}` },
    });
    expect(await customerBehind(ctx, garage.orgId, `+${first.waId}`)).toMatchObject({ name: "Ann Lee" });
    await write(second, metaText(second, "Hello", now, two));
    expect(await contactOf(two)).toMatchObject({ name: "Bob", bsuid: second.bsuid, optedOutAt: null });
    expect((await messageOf(two)).conversationId).not.toBe((await messageOf(one)).conversationId);
    expect(await prisma().interaction.count({ where: { providerRef: two } })).toBe(1);
    // Whose number it is, nobody can say any more: on no channel.
    expect(await customerBehind(ctx, garage.orgId, `+${first.waId}`)).toBeUndefined();
    const moved = { ...first, waId: someCustomer().waId ?? null };
    await write(moved, metaText(moved, "My next number", now, three));
    expect(await contactOf(three)).toMatchObject({ id: annsContact.id, waId: moved.waId });
  });

  test("a shared number alone is neither of them, and each is written to by their own id", async () => {
    const first = someCustomer();
    const second = { ...first, bsuid: `GB.other${first.bsuid}` };
    const alone = { waId: first.waId ?? null };
    const ids = [newWamid(), newWamid(), newWamid(), newWamid()];
    const [one = "", two = "", three = "", four = ""] = ids;
    await write(first, metaText(first, "1", now, one));
    await write(second, metaText(second, "2", now, two));
    await write(alone, metaText(alone, "3", now, three));
    await write(alone, metaText(alone, "4", now, four));
    const conversations = await Promise.all(ids.map(async (id) => (await messageOf(id)).conversationId));
    expect(new Set(conversations).size).toBe(3);
    expect(conversations[2]).toBe(conversations[3]);
    const conversationId = conversations[0] ?? "";
    await reply(await givenAdvisor(garage.orgId), {
      orgId: garage.orgId,
      conversationId,
      body: "Hi",
      key: "key-0001",
    });
    const sent = await prisma().message.findFirstOrThrow({ where: { conversationId, author: "staff" } });
    const claim = await claimMessage(ctx, garage.orgId, sent.id);
    expect(claim.kind === "send" && claim.message.to).toEqual({
      externalId: first.bsuid,
      bsuid: first.bsuid,
    });
  });
});

test("a type that Meta has not documented reaches staff, and is kept as it came", async () => {
  const from = someCustomer();
  const id = newWamid();
  await write(from, metaMessage(from, "hologram", { hologram: { depth: 3 } }, now, id));
  expect(await messageOf(id)).toMatchObject({
    type: "unsupported",
    body: "Sent something that cannot be shown here",
    handling: "team",
  });
  expect(await prisma().interaction.count({ where: { providerRef: id } })).toBe(0);
  const kept = await prisma().providerEvent.findFirst({
    where: { type: "unknown-message-type", orgId: garage.orgId },
  });
  expect(kept?.payload).toMatchObject({ items: [{ id, hologram: { depth: 3 } }] });
});
