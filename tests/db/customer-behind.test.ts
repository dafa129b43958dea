import { afterAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { customerBehind } from "@/lib/garage/customer-behind";
import { givenCustomer, givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";

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
