import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Json,
  messagesChange,
  messagesFrom,
  metaContact,
  metaDelivery,
  metaPost,
  metaText,
  newWamid,
  someCustomer,
} from "../factories/whatsapp";

const now = new Date();
let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(systemContext("test"), { purchased: 100 });
});
afterAll(closePool);

const post = async (body: Json): Promise<number> =>
  (await POST(new Request("http://127.0.0.1:3000/api/webhooks/whatsapp", metaPost(body)))).status;

const stored = (ids: readonly string[]) =>
  prisma().message.findMany({ where: { providerId: { in: [...ids] } }, orderBy: { id: "asc" } });

test("a thousand messages of one customer are stored once each, in their order", async () => {
  const from = someCustomer();
  const ids = Array.from({ length: 1_000 }, newWamid);
  const body = messagesFrom(
    garage.whatsAppNumberId,
    from,
    ...ids.map((id, n) => metaText(from, `${n}`, now, id)),
  );
  for (const status of [await post(body), await post(body)]) expect(status).toBe(200);
  expect((await stored(ids)).map(({ body: text }) => text)).toEqual(ids.map((_, n) => `${n}`));
  expect(await prisma().interaction.count({ where: { providerRef: { in: ids } } })).toBe(1_000);
});

test("a thousand customers in one delivery each have their message", async () => {
  const people = Array.from({ length: 1_000 }, () => ({ from: someCustomer(), id: newWamid() }));
  const contacts = people.map(({ from }) => metaContact(from));
  const messages = people.map(({ from, id }) => metaText(from, "Hello", now, id));
  expect(await post(metaDelivery([messagesChange(garage.whatsAppNumberId, { contacts, messages })]))).toBe(
    200,
  );
  expect(await stored(people.map(({ id }) => id))).toHaveLength(1_000);
});

const item = { id: "w", from: "1", type: "text" };
const times = (count: number, one: unknown) => Array.from({ length: count }, () => one);
const changes = (...list: Json[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "1", changes: list }],
});

test.each([
  ["25,000 messages", () => changes(messagesChange("1", { messages: times(25_000, item) }))],
  ["2,001 statuses", () => changes(messagesChange("1", { statuses: times(2_001, item) }))],
  [
    "2,001 messages over several changes",
    () => changes(...(times(3, messagesChange("1", { messages: times(667, item) })) as Json[])),
  ],
  ["100,000 unknown changes", () => changes(...(times(100_000, { field: "x", value: {} }) as Json[]))],
  [
    "100,000 things that are no items",
    () => changes(messagesChange("1", { messages: times(100_000, null) })),
  ],
  ["2,001 people", () => changes(messagesChange("1", { contacts: times(2_001, { wa_id: "1" }) }))],
])("%s are refused before any is read", async (_, body) => {
  const before = await prisma().providerEvent.count();
  expect(await post(body())).toBe(413);
  expect(await prisma().providerEvent.count()).toBe(before);
});
