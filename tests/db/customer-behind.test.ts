import { afterAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { customerBehind } from "@/lib/garage/customer-behind";
import { noteNumberHolder } from "@/lib/garage/number-holders";
import { getCustomer } from "@/lib/inbox/get-customer";
import { newId } from "@/lib/shared/ids";
import { givenConversation } from "../factories/conversations";
import { givenCustomer, givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { member } from "../factories/message-garage";

afterAll(closePool);

const ctx = testContext();
const system = systemContext("test");
const NUMBER = "+447700900412";

const behind = async (orgId: string, number: string | undefined) =>
  (await customerBehind(system, orgId, number))?.name;

test.each(["+447700900412", "07700 900412", "+44 (0)7700 900-412", "0044 7700 900412", "07700.900.412"])(
  "a number on record as %j is found, however the caller's is written",
  async (phone) => {
    const { orgId } = await givenGarage(ctx);
    await givenCustomer(orgId, { name: "Ruth Hale", phone, registration: "AB12CDE" });
    await givenCustomer(orgId, { name: "Omar Aziz", phone: "+44 7700 901412", registration: "XY34ZZZ" });
    expect(await behind(orgId, NUMBER)).toBe("Ruth Hale");
    expect(await behind(orgId, "07700 900 412")).toBe("Ruth Hale");
  },
);

test("another country's number with the same ending is another number", async () => {
  const { orgId } = await givenGarage(ctx);
  await givenCustomer(orgId, { name: "Ruth Hale", phone: "07700 900412", registration: "AB12CDE" });
  expect(await behind(orgId, "+337700900412")).toBeUndefined();
  expect(await behind(orgId, "+17700900412")).toBeUndefined();
});

test("a number that two customers have identifies neither", async () => {
  const { orgId } = await givenGarage(ctx);
  await givenCustomer(orgId, { name: "Ruth Hale", phone: "07700 900412", registration: "AB12CDE" });
  await givenCustomer(orgId, { name: "Tom Hale", phone: NUMBER, registration: "XY34ZZZ" });
  expect(await behind(orgId, NUMBER)).toBeUndefined();
});

test("the garage's own telephone and its lines are no customer's, though a record has them", async () => {
  const { orgId, number } = await givenGarage(ctx, { phone: "0113 496 0500" });
  await prisma().channelNumber.create({ data: { channel: "sms", identity: "+441134960501", orgId } });
  const own = { telephone: "0113 4960500", line: number, texts: "+44 113 496 0501" };
  for (const [name, phone] of Object.entries(own)) {
    await givenCustomer(orgId, { name, phone, registration: `OWN${name.length}` });
    expect(await behind(orgId, phone)).toBeUndefined();
  }
});

test("another garage's customers are not there", async () => {
  const { orgId } = await givenGarage(ctx);
  await givenCustomer(orgId, { name: "Ruth Hale", phone: NUMBER, registration: "AB12CDE" });
  expect(await behind((await givenGarage(ctx)).orgId, NUMBER)).toBeUndefined();
});

test.each([undefined, "", "anonymous", "+266696687", "60123", "x".repeat(10_000)])(
  "%j is the number of no customer",
  async (number) => {
    const { orgId } = await givenGarage(ctx);
    await givenCustomer(orgId, { name: "No Number", registration: "AB12CDE" });
    expect(await behind(orgId, number)).toBeUndefined();
  },
);

describe("the customer beside a conversation", () => {
  const beside = (orgId: string, conversationId: string) => getCustomer(member(orgId), orgId, conversationId);

  const seenWith = (orgId: string, userId: string) =>
    noteNumberHolder(pool(), { orgId, number: NUMBER, userId, at: new Date() });

  test("is the one whose number it is, with vehicles, the work in hand, what comes next, and their other conversations", async () => {
    const { orgId } = await givenGarage(ctx);
    const ruth = await givenCustomer(orgId, {
      name: "Ruth Hale",
      phone: "07700 900412",
      registration: "AB12CDE",
    });
    const whose = { orgId, customerId: ruth.customerId };
    await prisma().customer.update({
      where: { orgId_id: { orgId, id: ruth.customerId } },
      data: { email: "ruth@example.com" },
    });
    await prisma().vehicle.create({
      data: {
        ...whose,
        id: newId(),
        registration: "XY34ZZZ",
        description: "Kia",
        motDue: new Date("2027-03-28"),
      },
    });
    const readyAt = new Date("2026-11-27T16:00:00Z");
    const job = (title: string, status: string, days: number) => ({
      ...{ orgId, id: newId(), vehicleId: ruth.vehicleId, title, status },
      readyAt: status === "ready" ? readyAt : null,
      createdAt: new Date(Date.UTC(2026, 10, days)),
    });
    await prisma().workOrder.createMany({
      data: [job("Clutch", "waiting_parts", 3), job("Tyres", "collected", 9), job("MOT", "ready", 8)],
    });
    const begun = Math.floor(Date.now() / 1_000) * 1_000;
    const inDays = (days: number) => new Date(begun + days * 86_400_000);
    const booked = (days: number, service: string) => ({
      ...{
        ...whose,
        id: newId(),
        customerName: "Ruth Hale",
        service,
        startsAt: inDays(days),
        source: service,
      },
      registration: "AB12CDE",
    });
    await prisma().appointment.createMany({
      data: [booked(-1, "Yesterday"), booked(9, "Later"), booked(2, "Full service")],
    });
    const said = { channel: "whatsapp", phone: NUMBER, name: "ruthie" } as const;
    const here = await givenConversation(orgId, said);
    const [at, doneAt] = [new Date("2026-11-20T10:00:00Z"), new Date()];
    const texts = await givenConversation(orgId, { phone: NUMBER, at, doneAt });
    await givenConversation(orgId, { phone: "+447700900413" });

    expect(await beside(orgId, here)).toEqual({
      contact: { name: "ruthie", username: null, phone: NUMBER, optedOut: false },
      customer: { id: ruth.customerId, name: "Ruth Hale", email: "ruth@example.com", phone: "07700 900412" },
      shared: false,
      vehicles: [
        {
          ...{ registration: "AB12CDE", description: "Ford Fiesta", motDue: null },
          openWorkOrders: [
            { title: "MOT", status: "ready", readyAt: readyAt.toISOString() },
            { title: "Clutch", status: "waiting_parts", readyAt: null },
          ],
        },
        { registration: "XY34ZZZ", description: "Kia", motDue: "2027-03-28", openWorkOrders: [] },
      ],
      nextAppointment: {
        startsAt: inDays(2).toISOString(),
        ...{ service: "Full service", registration: "AB12CDE" },
      },
      conversations: [{ id: texts, channel: "sms", lastMessageAt: at.toISOString(), state: "done" }],
    });
  });

  test("is nobody where two have the number: no name, no vehicle, and no conversation that may be the other one’s", async () => {
    const { orgId } = await givenGarage(ctx);
    await givenCustomer(orgId, { name: "Ruth Hale", phone: "07700 900412", registration: "AB12CDE" });
    await givenCustomer(orgId, { name: "Tom Hale", phone: NUMBER, registration: "XY34ZZZ" });
    const here = await givenConversation(orgId, { phone: NUMBER });
    await givenConversation(orgId, { channel: "whatsapp", phone: NUMBER });
    expect(await beside(orgId, here)).toMatchObject({
      ...{ customer: null, shared: true, vehicles: [], nextAppointment: null, conversations: [] },
    });
  });

  test("a number that was seen with two user ids names nobody; the user id still tells whose conversations they are", async () => {
    const { orgId } = await givenGarage(ctx);
    await givenCustomer(orgId, { name: "Ruth Hale", phone: NUMBER, registration: "AB12CDE" });
    const [first, second] = ["GB.1000000000000001", "GB.1000000000000002"];
    const here = await givenConversation(orgId, { channel: "whatsapp", phone: NUMBER, userId: first });
    const earlier = await givenConversation(orgId, { channel: "whatsapp", phone: "+447700900499" });
    await pool().query(
      `UPDATE contact SET bsuid = $2 WHERE id = (SELECT contact_id FROM conversation WHERE id = $1)`,
      [earlier, first],
    );
    await givenConversation(orgId, { channel: "whatsapp", phone: NUMBER, userId: second });
    await givenConversation(orgId, { phone: NUMBER });
    await seenWith(orgId, first);
    expect(await beside(orgId, here)).toMatchObject({ customer: { name: "Ruth Hale" }, shared: false });
    await seenWith(orgId, second);
    const { conversations, ...who } = await beside(orgId, here);
    expect(who).toMatchObject({ customer: null, shared: true, vehicles: [] });
    expect(conversations.map(({ id }) => id)).toEqual([earlier]);
  });

  test("without a record, and without a number, there is what the channel tells", async () => {
    const { orgId } = await givenGarage(ctx);
    const nothing = { customer: null, shared: false, vehicles: [], nextAppointment: null, conversations: [] };
    const unknown = await givenConversation(orgId, { phone: NUMBER });
    expect(await beside(orgId, unknown)).toEqual({
      ...nothing,
      contact: { name: null, username: null, phone: NUMBER, optedOut: false },
    });
    const hidden = await givenConversation(orgId, { channel: "whatsapp", name: "Sam" });
    await givenConversation(orgId, { channel: "whatsapp", name: "Sam" });
    expect(await beside(orgId, hidden)).toEqual({
      ...nothing,
      contact: { name: "Sam", username: null, phone: null, optedOut: false },
    });
  });

  test("is of this garage alone: another’s record, conversations and members have no part in it", async () => {
    const [{ orgId }, { orgId: other }] = [await givenGarage(ctx), await givenGarage(ctx)];
    await givenCustomer(other, { name: "Ruth Hale", phone: NUMBER, registration: "AB12CDE" });
    await givenConversation(other, { channel: "whatsapp", phone: NUMBER });
    const here = await givenConversation(orgId, { phone: NUMBER });
    expect(await beside(orgId, here)).toMatchObject({ customer: null, vehicles: [], conversations: [] });
    await expect(beside(other, here)).rejects.toMatchObject({ code: "not_found" });
    await expect(getCustomer(member(other), orgId, here)).rejects.toMatchObject({ code: "not_found" });
  });
});
