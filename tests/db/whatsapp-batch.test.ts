import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { newId } from "@/lib/shared/ids";
import { allFinished } from "@/lib/shared/unfinished";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Customer,
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

test("a delivery of one customer takes the same statements, however many messages it brings", async () => {
  const texts = (from: Customer, ids: readonly string[]) =>
    ids.map((id, n) => metaText(from, n % 10 === 9 ? "STOP" : `${n}`, now, id));
  const deliver = async (count: number): Promise<number> => {
    const from = someCustomer();
    const ids = Array.from({ length: count }, newWamid);
    await post(messagesFrom(garage.whatsAppNumberId, from, metaText(from, "First", now)));
    const revoked = ids.filter((_, n) => n % 2 === 0);
    const revocations = revoked.map((id) =>
      metaMessage(from, "revoke", { revoke: { original_message_id: id } }, now),
    );
    const statements = vi.spyOn(Client.prototype, "query");
    expect(await post(messagesFrom(garage.whatsAppNumberId, from, ...texts(from, ids), ...revocations))).toBe(
      200,
    );
    const taken = statements.mock.calls.length;
    statements.mockRestore();
    expect((await stored(ids)).filter(({ revokedAt }) => revokedAt !== null)).toHaveLength(revoked.length);
    expect(await prisma().interaction.count({ where: { providerRef: { in: ids } } })).toBe(count * 0.4);
    return taken;
  };
  await deliver(10); // what the garage's directory and its account cost is read by now
  const few = await deliver(10);
  // The account's facts are kept for a second: it may be read once more.
  expect(await deliver(1_000)).toBeLessThanOrEqual(few + 2);
  expect(few).toBeLessThanOrEqual(4);
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

test.each([
  ["that is answered", 100],
  ["that is degraded", 0],
])(
  "a text %s takes three round trips at most, whoever wrote it: the gate, what is known, and storing it",
  async (_, purchased) => {
    const { whatsAppNumberId } = await givenOrganisation(systemContext("test"), { purchased });
    const text = (from: Customer, id = newWamid()) =>
      messagesFrom(whatsAppNumberId, from, metaText(from, "Is it ready?", now, id));
    const known = someCustomer();
    await post(text(known)); // whose number it is is known from now on, for some seconds
    const repeated = text(known);
    for (const body of [text(someCustomer()), text(known), repeated, repeated]) {
      await allFinished();
      const statements = vi.spyOn(Client.prototype, "query");
      expect(await post(body)).toBe(200);
      const asked = statements.mock.calls.map(([query]) => JSON.stringify(query));
      statements.mockRestore();
      // Beside it, shared by all that happens: announcements, and the counting of degraded messages.
      const own = asked.filter((sql) => !/pg_notify|ledger_settle/.test(sql));
      expect(own.length).toBeGreaterThan(0);
      expect(own.length).toBeLessThanOrEqual(3);
    }
  },
);

test("a conversation that is being taken over holds no other customer up, and its message goes by what it is then", async () => {
  const { orgId, whatsAppNumberId } = await givenOrganisation(systemContext("test"), { purchased: 0 });
  const [held, other] = [someCustomer(), someCustomer()];
  const bringing = (...texts: [Customer, string][]) =>
    metaDelivery([
      messagesChange(whatsAppNumberId, {
        contacts: texts.map(([from]) => metaContact(from)),
        messages: texts.map(([from, id]) => metaText(from, "Hello", now, id)),
      }),
    ]);
  await post(bringing([held, newWamid()], [other, newWamid()]));
  const [toHeld, toOther] = [newWamid(), newWamid()];
  let posted: Promise<number> | undefined;
  await inTransaction(async (tx) => {
    await tx.query(
      `UPDATE conversation SET held_by = $2, held_since = $3 WHERE org_id = $1 AND contact_id IN (
         SELECT id FROM contact WHERE org_id = $1 AND wa_id = $4)`,
      [orgId, newId(), now, held.waId],
    );
    posted = post(bringing([held, toHeld], [other, toOther]));
    await expect
      .poll(async () => (await stored([toHeld, toOther])).map(({ providerId }) => providerId))
      .toEqual([toOther]);
  });
  expect(await posted).toBe(200);
  expect(await stored([toHeld])).toMatchObject([{ handling: "degraded", degraded: true }]);
  const canned = (from: Customer) =>
    prisma().message.count({
      where: { orgId, author: "canned", conversation: { contact: { waId: from.waId ?? "" } } },
    });
  expect([await canned(held), await canned(other)]).toEqual([1, 2]); // in a held conversation once
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
