import { afterAll, describe, expect, test } from "vitest";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { type Garage, givenCustomer, givenGarage } from "../factories/garage";
import { WEEKDAYS } from "../factories/garage-rows";
import { testContext } from "../factories/ledger";
import type { Json } from "../factories/vapi";
import { toolsOf } from "../factories/voice-tools";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-21T10:05:00Z"));
const { ask, askOne } = toolsOf(ctx);
const CALLER = "+447700900123";
const TUESDAY = "2026-11-24T10:30";

const appointments = (orgId: string) =>
  prisma().appointment.findMany({ where: { orgId }, orderBy: { startsAt: "asc" } });

describe("book_appointment", () => {
  test("books in London's time, for the caller, once for a tool call's id", async () => {
    const garage = await givenGarage(ctx);
    const { customerId } = await givenCustomer(garage.orgId, {
      name: "Dana Reyes",
      phone: "07700 900123",
      registration: "AB12CDE",
    });
    const id = newId();
    const request = {
      id: "call_1",
      name: "book_appointment",
      args: { name: "Dana Reyes", startsAt: TUESDAY, service: "MOT" },
    };
    const expected = [
      {
        toolCallId: "call_1",
        name: "book_appointment",
        result: "Booked: MOT on Tuesday 24 November at 10:30, in the name of Dana Reyes.",
      },
    ];
    expect(await ask(garage, [request], { id })).toEqual(expected);
    expect(await Promise.all([1, 2, 3].map(() => ask(garage, [request], { id })))).toEqual([
      expected,
      expected,
      expected,
    ]);
    expect(await appointments(garage.orgId)).toMatchObject([
      {
        customerId,
        customerName: "Dana Reyes",
        phone: CALLER,
        service: "MOT",
        startsAt: new Date("2026-11-24T10:30:00Z"),
      },
    ]);
  });

  test.each<[string, Json, RegExp]>([
    ["without a name", { startsAt: TUESDAY }, /needs the caller's name/],
    ["without a time", { name: "Dana", startsAt: "2026-11-24" }, /could not be understood/],
    [
      "with a day that does not exist",
      { name: "Dana", startsAt: "2026-11-31T10:00" },
      /could not be understood/,
    ],
    ["in the past", { name: "Dana", startsAt: "2026-11-20T10:00" }, /already passed/],
    ["more than a year ahead", { name: "Dana", startsAt: "2028-01-04T10:00" }, /more than a year/],
    [
      "at night",
      { name: "Dana", startsAt: "2026-11-24T23:30:00Z" },
      /closed on Tuesday 24 November at 23:30/,
    ],
    ["on a Sunday", { name: "Dana", startsAt: "2026-11-22T10:30" }, /closed on Sunday/],
  ])("refuses %s, in words for the caller", async (_, args, error) => {
    const garage = await givenGarage(ctx);
    expect((await askOne(garage, "book_appointment", args)).error).toMatch(error);
    expect(await appointments(garage.orgId)).toEqual([]);
  });

  test("keeps the garage's own hours", async () => {
    const garage = await givenGarage(ctx, { week: { ...WEEKDAYS, sun: [{ from: "10:00", to: "14:00" }] } });
    expect(
      (await askOne(garage, "book_appointment", { name: "Dana", startsAt: "2026-11-22T10:30" })).result,
    ).toMatch(/Booked/);
    expect(
      (await askOne(garage, "book_appointment", { name: "Dana", startsAt: "2026-11-24T17:30" })).error,
    ).toMatch(
      /Its hours: Mon–Fri 08:00–17:30, Sun 10:00–14:00. It next opens on Wednesday 25 November at 08:00/,
    );
  });
});

describe("booking more than once on a call", () => {
  const WISH = { name: "Ruth Hale", startsAt: "2026-12-08T09:30", service: "MOT" };
  const AT_0930 = "Booked: MOT on Tuesday 8 December at 09:30, in the name of Ruth Hale.";

  /** One call, on which things are asked for one after the other. */
  const onOneCall = (garage: Garage) => {
    const id = newId();
    return async (args: Json) => (await askOne(garage, "book_appointment", args, { id })).result;
  };

  test("the same request under two ids is one appointment", async () => {
    const garage = await givenGarage(ctx);
    const book = onOneCall(garage);
    expect(await book(WISH)).toBe(AT_0930);
    expect(await book({ ...WISH, service: " mot " })).toBe(AT_0930);
    expect(await book({ ...WISH, registration: "AB12 CDE" })).toBe(AT_0930);
    expect(await appointments(garage.orgId)).toMatchObject([{ service: "MOT", registration: "AB12CDE" }]);
  });

  test("many at once make one appointment", async () => {
    const garage = await givenGarage(ctx);
    const book = onOneCall(garage);
    const answers = await Promise.all(Array.from({ length: 10 }, () => book(WISH)));
    expect(new Set(answers)).toEqual(new Set([AT_0930]));
    expect(await appointments(garage.orgId)).toHaveLength(1);
  });

  test("another time moves it, and says from when; what moved it moves nothing when it is delivered again", async () => {
    const garage = await givenGarage(ctx);
    const id = newId();
    const request = (toolId: string, args: Json) => ({ id: toolId, name: "book_appointment", args });
    const later = request("tc_b", { ...WISH, startsAt: "2026-12-08T10:00" });
    await ask(garage, [request("tc_a", WISH)], { id });
    expect((await ask(garage, [later], { id }))[0]?.result).toBe(
      "Moved: MOT from Tuesday 8 December at 09:30 to Tuesday 8 December at 10:00, in the name of Ruth Hale.",
    );
    await ask(garage, [request("tc_c", { ...WISH, startsAt: "2026-12-08T11:00" })], { id });
    for (const again of [later, request("tc_a", WISH)])
      expect((await ask(garage, [again], { id }))[0]?.result).toMatch(/^Booked: MOT on .* at 11:00/);
    expect(await appointments(garage.orgId)).toMatchObject([{ startsAt: new Date("2026-12-08T11:00:00Z") }]);
  });

  test("another service or another vehicle is another appointment, and the answer names both", async () => {
    const garage = await givenGarage(ctx);
    const book = onOneCall(garage);
    await book({ ...WISH, registration: "AB12CDE" });
    expect(await book({ ...WISH, startsAt: "2026-12-08T11:00", service: "Tyres" })).toBe(
      "Booked: Tyres on Tuesday 8 December at 11:00, in the name of Ruth Hale. Also booked on this call: MOT on Tuesday 8 December at 09:30.",
    );
    expect(await book({ ...WISH, registration: "XY34ZZZ" })).toMatch(
      /^Booked: MOT .* Also booked on this call: /,
    );
    expect(await appointments(garage.orgId)).toHaveLength(3);
  });

  test("another call books its own", async () => {
    const garage = await givenGarage(ctx);
    for (const book of [onOneCall(garage), onOneCall(garage)]) expect(await book(WISH)).toBe(AT_0930);
    expect(await appointments(garage.orgId)).toHaveLength(2);
  });

  test("one call books a limited number of appointments", async () => {
    const garage = await givenGarage(ctx);
    const id = newId();
    const book = (n: number) => askOne(garage, "book_appointment", { ...WISH, service: `Job ${n}` }, { id });
    for (const n of [1, 2, 3, 4, 5]) expect((await book(n)).result).toMatch(/^Booked: Job/);
    expect((await book(6)).error).toMatch(/^Too much has been booked/);
    expect((await book(5)).result).toMatch(/^Booked: Job 5/);
    expect(await appointments(garage.orgId)).toHaveLength(5);
  });

  test("whose appointment it is, and at which garage, comes from the call, whatever the arguments say", async () => {
    const [garage, other] = [await givenGarage(ctx), await givenGarage(ctx)];
    const { customerId } = await givenCustomer(garage.orgId, {
      name: "Dana Reyes",
      phone: "07700 900555",
      registration: "AB12CDE",
    });
    const hostile = { orgId: other.orgId, customerId, callerNumber: "+447700900555", source: "x", wish: "y" };
    await askOne(garage, "book_appointment", { ...WISH, ...hostile });
    expect(await appointments(other.orgId)).toEqual([]);
    expect(await appointments(garage.orgId)).toMatchObject([{ customerId: null, phone: CALLER }]);
  });
});
