import { afterAll, describe, expect, test } from "vitest";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenCustomer, givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { assistantRequest, type Json, toolCalls } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { toolsOf } from "../factories/voice-tools";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-21T10:05:00Z"));
const CALLER = "+447700900123";
const STRANGER = { number: "+447700900999" };
const TUESDAY = "2026-11-24T10:30";

const { ask, askOne } = toolsOf(ctx);

const appointments = (orgId: string) => prisma().appointment.findMany({ where: { orgId } });

describe("looking things up", () => {
  const stock = async () => {
    const garage = await givenGarage(ctx);
    const dana = await givenCustomer(garage.orgId, {
      name: "Dana van Dyke",
      phone: "+44 7700 900123",
      registration: "AB12CDE",
    });
    await givenCustomer(garage.orgId, {
      name: "Omar Aziz",
      phone: "+447700900555",
      registration: "XY34ZZZ",
      description: "VW Golf",
    });
    const order = { orgId: garage.orgId, vehicleId: dana.vehicleId, title: "Brake pads" };
    await prisma().workOrder.createMany({
      data: [
        { ...order, id: newId(), title: "Old MOT", status: "collected", createdAt: new Date("2026-01-05") },
        {
          ...order,
          id: newId(),
          status: "waiting_parts",
          readyAt: new Date("2026-11-23T16:00:00Z"),
          createdAt: new Date("2026-11-20"),
        },
      ],
    });
    return garage;
  };
  const STATUS =
    "Ford Fiesta AB12CDE: Brake pads is waiting for parts, expected ready on Monday 23 November at 16:00.";

  test("a customer calling from their own number hears of their own vehicles", async () => {
    const garage = await stock();
    expect((await askOne(garage, "work_order_status", {})).result).toBe(STATUS);
    expect((await askOne(garage, "work_order_status", { registration: "ab12 cde" })).result).toBe(STATUS);
    expect((await askOne(garage, "customer_lookup", {})).result).toBe(
      "Customer: Dana van Dyke. Vehicles: Ford Fiesta AB12CDE. No appointment booked.",
    );
  });

  test("from another number, registration and surname together prove it", async () => {
    const garage = await stock();
    for (const surname of ["van Dyke", "VAN-DYKE", "Dyke"]) {
      const args = { registration: "AB12 CDE", surname };
      expect((await askOne(garage, "work_order_status", args, { customer: STRANGER })).result).toBe(STATUS);
    }
  });

  test.each<[string, Json, Json]>([
    ["somebody else's registration", { registration: "XY34ZZZ" }, { number: CALLER }],
    ["a registration alone, from a stranger", { registration: "AB12CDE" }, STRANGER],
    ["a registration with another surname", { registration: "AB12CDE", surname: "Aziz" }, STRANGER],
    ["a surname alone", { surname: "van Dyke" }, STRANGER],
    ["nothing, from a withheld number", {}, { number: "+266696687" }],
    ["a registration that no vehicle has", { registration: "ZZ99ZZZ", surname: "van Dyke" }, STRANGER],
    ["nonsense", { registration: { $ne: null }, surname: ["%"] }, STRANGER],
  ])("%s finds nothing, in the same words", async (_, args, customer) => {
    const garage = await stock();
    for (const name of ["work_order_status", "customer_lookup"]) {
      const { result, error } = await askOne(garage, name, args, { customer });
      expect({ result, error }).toEqual({
        result: undefined,
        error: expect.stringMatching(/^No record was found/),
      });
    }
  });

  test("who calls and which garage was called come from the call, whatever the model's arguments say", async () => {
    const garage = await stock();
    const other = await stock();
    const hostile = {
      callerNumber: CALLER,
      customer: { number: CALLER },
      customerId: "1",
      orgId: other.orgId,
      callId: "c",
      hours: "daily 0-24",
    };
    for (const name of ["work_order_status", "customer_lookup"]) {
      expect((await askOne(garage, name, hostile, { customer: STRANGER })).error).toMatch(
        /^No record was found/,
      );
      const own = await askOne(garage, name, { ...hostile, callerNumber: STRANGER.number });
      expect(own.result, "an argument too many hides nothing from the caller").toMatch(/Ford Fiesta AB12CDE/);
    }
  });

  test("the garage's own numbers are no caller's, though a record has one", async () => {
    const garage = await givenGarage(ctx, { phone: "0113 496 0500" });
    await givenCustomer(garage.orgId, { name: "Staff Car", phone: "0113 496 0500", registration: "OWN1" });
    for (const number of ["+441134960500", garage.number])
      expect((await askOne(garage, "customer_lookup", {}, { customer: { number } })).error).toMatch(
        /^No record was found/,
      );
  });

  test("another garage's records are not there", async () => {
    await stock();
    const other = await givenGarage(ctx);
    const args = { registration: "AB12CDE", surname: "van Dyke" };
    expect((await askOne(other, "customer_lookup", args)).error).toMatch(/^No record was found/);
    expect((await askOne(other, "customer_lookup", {})).error).toMatch(/^No record was found/);
  });
});

describe("tool calls", () => {
  test("are answered in order by their exact ids, each for itself, on one line", async () => {
    const garage = await givenGarage(ctx);
    const results = await ask(garage, [
      { id: "b", name: "customer_lookup", args: '{"registration":' },
      { id: "a", name: "drop_tables" },
      { id: "c", name: "book_appointment", args: JSON.stringify({ name: "Dana\nReyes", startsAt: TUESDAY }) },
      { id: "", name: "customer_lookup" },
    ]);
    expect(results.map(({ toolCallId }) => toolCallId)).toEqual(["b", "a", "c", ""]);
    expect(results.map((item) => ("result" in item ? "result" : "error"))).toEqual([
      "error",
      "error",
      "result",
      "error",
    ]);
    for (const item of results) expect(item.result ?? item.error).not.toMatch(/[\r\n]/);
  });

  test("are refused on a message-taker's call, by its stored start or its metadata", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const stored = { id: newId() };
    await deliver(ctx, assistantRequest({ ...stored, called: garage.number }));
    const byMetadata = {
      assistant: { metadata: { orgId: garage.orgId, mode: "degraded", level: 3, reason: "trial-cap" } },
    };
    const fallback = { assistant: { metadata: { isFallback: true } } };
    for (const call of [stored, byMetadata, fallback]) {
      const { error } = await askOne(garage, "book_appointment", { name: "Dana", startsAt: TUESDAY }, call);
      expect(error).toMatch(/^Only a message can be taken/);
    }
    expect(await appointments(garage.orgId)).toEqual([]);
  });

  test("without a list, a call or a known line are answered all the same", async () => {
    const garage = await givenGarage(ctx);
    expect(await ask(garage, [])).toEqual([]);
    expect(await deliver(ctx, { message: { type: "tool-calls" } })).toEqual({ results: [] });
    const { results } = await deliver(
      ctx,
      toolCalls([{ name: "customer_lookup" }], { called: "+441134966666" }),
    );
    expect(results).toMatchObject([{ name: "customer_lookup", error: expect.any(String) }]);
  });
});

describe("a transfer", () => {
  const askTransfer = async (call: Json) =>
    deliver(ctx, { message: { type: "transfer-destination-request", ...call } });
  const callTo = (number: string, id = newId()) => ({ call: { id }, phoneNumber: { number } });

  test("goes to the garage's own telephone, and never round in a circle", async () => {
    const garage = await givenGarage(ctx, { phone: "0113 496 0500" });
    expect(await askTransfer(callTo(garage.number))).toMatchObject({
      destination: { type: "number", number: "+441134960500" },
    });
    await prisma().organization.update({ where: { id: garage.orgId }, data: { phone: garage.number } });
    const other = await givenGarage(ctx);
    expect(await askTransfer(callTo(other.number))).toEqual({ error: expect.any(String) });
  });

  test("is refused on a message-taker's call and where nothing is known", async () => {
    const garage = await givenGarage(ctx, { phone: "0113 496 0500", credits: 0 });
    const id = newId();
    await deliver(ctx, assistantRequest({ id, called: garage.number }));
    expect(await askTransfer(callTo(garage.number, id))).toEqual({ error: expect.any(String) });
    expect(await askTransfer({})).toEqual({ error: expect.any(String) });
  });
});

test("messages of unknown types are kept once; chatter is not", async () => {
  const id = newId();
  const unknown = {
    message: { type: "assistant.speechStarted", timestamp: 1_795_255_205_300, call: { id } },
  };
  expect(await deliver(ctx, unknown)).toEqual({});
  expect(await deliver(ctx, unknown)).toEqual({});
  expect(await deliver(ctx, { message: { type: "conversation-update", call: { id } } })).toEqual({});
  expect(await prisma().providerEvent.findMany({ where: { id: { contains: id } } })).toMatchObject([
    { provider: "vapi", type: "assistant.speechStarted" },
  ]);
});
