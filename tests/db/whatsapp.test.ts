import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { metrics } from "@/lib/shared/metrics";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Json,
  messagesChange,
  messagesFrom,
  metaContact,
  metaDelivery,
  metaMessage,
  metaPost,
  metaText,
  newWamid,
  someCustomer,
} from "../factories/whatsapp";

const ctx = systemContext("test");
const URL_ = "http://127.0.0.1:3000/api/webhooks/whatsapp";
const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx, { purchased: 100 });
});
afterAll(closePool);

const post = (body: Json | string | Buffer, headers: Record<string, string> = {}) =>
  POST(new Request(URL_, metaPost(body, headers)));

const stored = (providerId: string) => prisma().message.findFirst({ where: { providerId } });
const outbound = (conversationId: string | undefined) =>
  prisma().message.findMany({ where: { conversationId: conversationId ?? "", direction: "outbound" } });

describe("the handshake", () => {
  const ask = (query: string) => GET(new Request(`${URL_}?${query}`));

  test("answers the challenge as plain text, and nothing else", async () => {
    const token = encodeURIComponent(process.env.META_VERIFY_TOKEN ?? "");
    const answer = await ask(`hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await answer.text()).toBe("1158201444");
  });

  test.each([
    "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong",
    "hub.mode=other&hub.challenge=1158201444&hub.verify_token=torqueflow-demo-meta-verify",
    "hub.challenge=1158201444",
    "",
  ])("refuses %j, without the challenge", async (query) => {
    const answer = await ask(query);
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("1158201444");
  });
});

describe("a delivery", () => {
  test.each([
    ["without a signature", { "x-hub-signature-256": "" }],
    ["with a forged signature", { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }],
    ["with another scheme", { "x-hub-signature-256": `sha1=${"0".repeat(40)}` }],
  ])("%s is refused, and nothing is written", async (_, headers) => {
    const id = newWamid();
    const from = someCustomer();
    const answer = await post(
      messagesFrom(garage.whatsAppNumberId, from, metaText(from, "Hi", now, id)),
      headers,
    );
    expect(answer.status).toBe(401);
    expect(await stored(id)).toBeNull();
  });

  test.each(["", "{", "[]", "null", "7", '{"object":"whatsapp_business_account"}', '{"entry":[]}'])(
    "of %j is malformed",
    async (body) => {
      expect((await post(body)).status).toBe(400);
    },
  );

  test("above three megabytes is too large", async () => {
    expect((await post(" ".repeat(3 * 1024 * 1024 + 1))).status).toBe(413);
  });

  test("stores a message once, however often it comes, and queues one answer", async () => {
    const from = someCustomer({ name: "Sheena Nelson" });
    const id = newWamid();
    const body = messagesFrom(
      garage.whatsAppNumberId,
      from,
      metaText(from, "Is my Fiesta ready? ✅", now, id),
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const message = await stored(id);
    expect(message).toMatchObject({
      orgId: garage.orgId,
      body: "Is my Fiesta ready? ✅",
      type: "text",
      at: now,
    });
    expect(await prisma().message.count({ where: { providerId: id } })).toBe(1);
    const contact = await prisma().contact.findFirst({ where: { waId: from.waId ?? "" } });
    expect(contact).toMatchObject({
      externalId: from.bsuid,
      bsuid: from.bsuid,
      phone: `+${from.waId}`,
      name: "Sheena Nelson",
    });
    const interactions = await prisma().interaction.findMany({ where: { providerRef: id } });
    expect(interactions).toMatchObject([{ channel: "whatsapp", mode: "full" }]);
  });

  test("keeps one conversation's order, over entries and changes", async () => {
    const from = someCustomer();
    const ids = Array.from({ length: 12 }, newWamid);
    const say = (index: number) => metaText(from, `${index}`, now, ids[index]);
    const change = (...indices: number[]) =>
      messagesChange(garage.whatsAppNumberId, { contacts: [metaContact(from)], messages: indices.map(say) });
    expect(
      (await post(metaDelivery([change(0, 1, 2, 3), change(4, 5)], [change(6, 7, 8, 9, 10, 11)]))).status,
    ).toBe(200);
    const rows = await prisma().message.findMany({
      where: { providerId: { in: ids } },
      orderBy: { id: "asc" },
    });
    expect(rows.map(({ body }) => body)).toEqual(ids.map((_, index) => `${index}`));
  });

  test("loses no good message among bad neighbours, and keeps what it cannot read", async () => {
    const from = someCustomer();
    const good = [newWamid(), newWamid(), newWamid()];
    const bad = [null, 7, "x", {}, { type: "text" }, { id: newWamid(), type: "text" }, { id: {}, from: [] }];
    const messages = [
      ...bad,
      metaText(from, "one", now, good[0]),
      ...bad,
      metaText(from, "two", now, good[1]),
    ];
    const other = messagesChange(garage.whatsAppNumberId, {
      contacts: [null, 3, { wa_id: {} }],
      messages: [metaMessage(from, "text", { text: "not an object" }, now, good[2])],
      statuses: [null, { id: 4 }, { id: "x", status: "celebrated" }],
    });
    const change = messagesChange(garage.whatsAppNumberId, { messages });
    const answer = await post({
      object: "whatsapp_business_account",
      entry: [null, { changes: [null, { field: "messages" }, change] }, 9, { changes: [other] }],
    });
    expect(answer.status).toBe(200);
    const rows = await prisma().message.findMany({
      where: { providerId: { in: good } },
      orderBy: { id: "asc" },
    });
    expect(rows.map(({ body }) => body).sort()).toEqual(["", "one", "two"]);
    const kept = await prisma().providerEvent.findFirst({
      where: { provider: "meta", type: "unreadable", orgId: garage.orgId },
    });
    expect(kept?.payload).toMatchObject({ identity: garage.whatsAppNumberId });
  });

  test("for a number that no garage has is kept, counted and answered", async () => {
    const before = await countOf("unknown-number");
    const from = someCustomer();
    const id = newWamid();
    const mine = newWamid();
    const answer = await post(
      metaDelivery([
        messagesChange("999000111222", {
          contacts: [metaContact(from)],
          messages: [metaText(from, "Hello?", now, id)],
        }),
        messagesChange(garage.whatsAppNumberId, { messages: [metaText(from, "Hello!", now, mine)] }),
      ]),
    );
    expect(answer.status).toBe(200);
    expect(await stored(id)).toBeNull();
    expect(await stored(mine)).not.toBeNull();
    expect(await countOf("unknown-number")).toBe(before + 1);
    const kept = await prisma().providerEvent.findMany({
      where: { type: "unknown-number", provider: "meta" },
    });
    expect(kept.filter(({ payload }) => JSON.stringify(payload).includes(id))).toHaveLength(1);
  });

  test.each(["account_update", "phone_number_quality_update", "something_new"])(
    "of field %s is kept once, and answered",
    async (field) => {
      const body = metaDelivery([
        { field, value: { event: "X", metadata: { phone_number_id: garage.whatsAppNumberId } } },
      ]);
      for (const answer of [await post(body), await post(body)]) expect(answer.status).toBe(200);
      const kept = await prisma().providerEvent.findMany({ where: { provider: "meta", type: field } });
      expect(kept).toMatchObject([
        { orgId: garage.orgId, payload: { items: [{ field, value: { event: "X" } }] } },
      ]);
    },
  );

  test("with an error of the account keeps it", async () => {
    const errors = [{ code: 131031, title: "Account locked" }];
    expect((await post(metaDelivery([messagesChange(garage.whatsAppNumberId, { errors })]))).status).toBe(
      200,
    );
    const kept = await prisma().providerEvent.findFirst({
      where: { type: "account-error", orgId: garage.orgId },
    });
    expect(kept?.payload).toMatchObject({ items: errors });
  });
});

async function countOf(outcome: string): Promise<number> {
  const { values } = await metrics().messageItems.get();
  return values.find(({ labels }) => labels.channel === "whatsapp" && labels.outcome === outcome)?.value ?? 0;
}

describe("a failure of ours", () => {
  test("is a 5xx that holds no other item up, and the next delivery completes it", async () => {
    const [from, other] = [someCustomer(), someCustomer()];
    const poisoned = newWamid();
    const others = [newWamid(), newWamid(), newWamid()];
    await prisma().$executeRawUnsafe(`
      CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.provider_id = '${poisoned}' THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await prisma().$executeRawUnsafe(
      "CREATE TRIGGER refuse_one BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse_one()",
    );
    const messages = [
      metaText(from, "first", minutesAgo(3), others[0]),
      metaText(from, "second", minutesAgo(2), poisoned),
      metaText(from, "third", minutesAgo(1), others[1]),
      metaText(other, "somebody else", now, others[2]),
    ];
    const body = messagesFrom(garage.whatsAppNumberId, from, ...messages);
    expect((await post(body)).status).toBe(503);
    expect(await prisma().message.count({ where: { providerId: { in: others } } })).toBe(3);
    expect(await stored(poisoned)).toBeNull();
    await prisma().$executeRawUnsafe("DROP TRIGGER refuse_one ON message");
    expect((await post(body)).status).toBe(200);
    const ids = [...others, poisoned];
    expect(await prisma().message.count({ where: { providerId: { in: ids } } })).toBe(4);
    expect(await prisma().interaction.count({ where: { providerRef: { in: ids } } })).toBe(4);
  });
});

describe("without credits", () => {
  let exhausted: GivenOrganisation;
  beforeAll(async () => {
    exhausted = await givenOrganisation(ctx);
  });

  test("a message gets the canned reply and goes to staff; a reaction to it gets nothing", async () => {
    const from = someCustomer();
    const id = newWamid();
    const reaction = metaMessage(from, "reaction", { reaction: { message_id: id, emoji: "👍" } }, now);
    await post(messagesFrom(exhausted.whatsAppNumberId, from, metaText(from, "Hello", now, id), reaction));
    const message = await stored(id);
    expect(message).toMatchObject({ degraded: true, degradationReason: "credit-exhaustion" });
    expect(await outbound(message?.conversationId)).toMatchObject([
      {
        author: "canned",
        status: "queued",
        body: `Hi! We’ve received your message and our team will get back to you shortly. You can also call us on ${exhausted.displayPhone} or visit https://${exhausted.slug}.example. - ${exhausted.name}`,
      },
    ]);
  });

  test("a message that comes a day late is routed in silence", async () => {
    const from = someCustomer();
    const id = newWamid();
    const yesterday = minutesAgo(24 * 60);
    await post(
      messagesFrom(exhausted.whatsAppNumberId, from, metaText(from, "Are you open?", yesterday, id)),
    );
    const message = await stored(id);
    const conversation = await prisma().conversation.findFirst({
      where: { id: message?.conversationId ?? "" },
    });
    expect(message).toMatchObject({ degraded: true, degradationReason: "credit-exhaustion" });
    expect(conversation).toMatchObject({
      needsAttention: true,
      attentionReason: "window-closed",
      degradedReason: "credit-exhaustion",
    });
    expect(await outbound(message?.conversationId)).toEqual([]);
  });

  test("a bare STOP is stored and left alone", async () => {
    const from = someCustomer();
    const id = newWamid();
    await post(messagesFrom(exhausted.whatsAppNumberId, from, metaText(from, " Stop ", now, id)));
    const message = await stored(id);
    expect(message).toMatchObject({ body: " Stop ", degraded: false });
    expect(await outbound(message?.conversationId)).toEqual([]);
  });
});
