import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { findGarage } from "@/lib/garage/find-garage";
import { type GarageInput, getGarageSettings, saveGarageSettings } from "@/lib/garage/garage-settings";
import { getPersonaSettings, type PersonaInput, savePersonaSettings } from "@/lib/garage/persona-settings";
import { newId } from "@/lib/shared/ids";
import { type Garage, givenGarage } from "../factories/garage";
import { TRANSCRIBER, VOICE, WEEKDAYS } from "../factories/garage-rows";
import { asMember, testContext } from "../factories/ledger";
import { assistantRequest } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { toolsOf } from "../factories/voice-tools";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-26T10:00:00Z"));
const owner = ({ orgId }: Garage, role: Role = "owner") => asMember(ctx, orgId, role);

const read = (garage: Garage) => getGarageSettings(owner(garage), garage.orgId);
const save = async (garage: Garage, change: Partial<GarageInput>) => {
  const { hoursAsWritten: _, ...before } = await read(garage);
  return saveGarageSettings(owner(garage), garage.orgId, { ...before, ...change });
};
const readAi = (garage: Garage) => getPersonaSettings(owner(garage), garage.orgId);
const saveAi = async (garage: Garage, change: Partial<PersonaInput>) => {
  const { choices: _, ...before } = await readAi(garage);
  return savePersonaSettings(owner(garage), garage.orgId, { ...before, ...change });
};

const assistantOf = async (garage: Garage) =>
  (await deliver(ctx, assistantRequest({ called: garage.number }))).assistant;
const promptOf = async (garage: Garage): Promise<string> =>
  (await assistantOf(garage)).model.messages[0].content;
const changesOf = (orgId: string) => prisma().auditAct.findMany({ where: { orgId }, orderBy: { at: "asc" } });

const CHRISTMAS = { from: "2026-12-25", to: "2026-12-26", name: "Christmas" };

test("everything that customers meet follows at once: the prompt, the canned words, the hours that can be booked", async () => {
  const garage = await givenGarage(ctx);
  await promptOf(garage);
  await findGarage(ctx, "sms", garage.number);
  const saved = await save(garage, {
    name: "  New   Name ",
    phone: "01134960001",
    portalUrl: "https://Portal.Example/",
    services: [" MOT ", "Tyres"],
    week: WEEKDAYS,
    closures: [CHRISTMAS, { from: "2026-11-01", to: "2026-11-02", name: "over" }],
  });
  expect(saved).toMatchObject({
    name: "New Name",
    phone: "0113 496 0001",
    portalUrl: "https://portal.example",
    services: ["MOT", "Tyres"],
    closures: [CHRISTMAS],
    version: 1,
  });
  const prompt = await promptOf(garage);
  expect(prompt).toContain("You answer the phone of New Name as Ava.");
  expect(prompt).toContain(
    "Opening hours: Mon–Fri 08:00–17:30; closed from 25 December to 26 December (Christmas).",
  );
  expect(prompt).toContain("Services: MOT, Tyres.");
  expect(await findGarage(ctx, "sms", garage.number)).toMatchObject({
    name: "New Name",
    phone: "0113 496 0001",
    portalUrl: "https://portal.example",
  });
  const book = (startsAt: string) =>
    toolsOf(ctx).askOne(garage, "book_appointment", { name: "Dana", startsAt });
  expect((await book("2026-12-25T10:00")).error).toMatch(/closed.*next opens on Monday 28 December at 08:00/);
  expect((await book("2026-12-24T10:00")).result).toMatch(/Booked/);
});

test("a form that is older than what is stored changes nothing", async () => {
  const garage = await givenGarage(ctx);
  const { version } = await read(garage);
  await save(garage, { name: "First" });
  await expect(save(garage, { name: "Second", version })).rejects.toMatchObject({ code: "conflict" });
  expect((await read(garage)).name).toBe("First");
  const ai = await readAi(garage);
  await saveAi(garage, { greeting: "First" });
  await expect(saveAi(garage, { greeting: "Second", version: ai.version })).rejects.toMatchObject({
    code: "conflict",
  });
  const both = await Promise.allSettled([save(garage, { name: "A" }), save(garage, { name: "B" })]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("owners and managers alone, of their own garage", async () => {
  const garage = await givenGarage(ctx);
  const { orgId } = garage;
  const { hoursAsWritten: _, ...profile } = await read(garage);
  const { choices: __, ...persona } = await readAi(garage);
  const all = (as: ReturnType<typeof asMember>) => [
    () => getGarageSettings(as, orgId),
    () => saveGarageSettings(as, orgId, profile),
    () => getPersonaSettings(as, orgId),
    () => savePersonaSettings(as, orgId, persona),
  ];
  for (const role of ["advisor", "technician"] as const)
    for (const act of all(owner(garage, role)))
      await expect(act()).rejects.toMatchObject({ code: "forbidden" });
  for (const act of all(asMember(ctx, newId())))
    await expect(act()).rejects.toMatchObject({ code: "not_found" });
  for (const act of all(owner(garage, "manager")).slice(0, 2)) await act();
});

test.each<[string, Partial<GarageInput>]>([
  ["name", { name: " \u200b " }],
  ["name", { name: "x".repeat(61) }],
  ["phone", { phone: "0909 879 0000" }],
  ["phone", { phone: "12345" }],
  ["phone", { phone: "+1 202 555 0142" }],
  ["portalUrl", { portalUrl: "http://portal.example" }],
  ["week.sat", { week: { ...WEEKDAYS, sat: [{ from: "09:00", to: "9" }] } }],
  ["closures.0.to", { closures: [{ from: "2026-12-26", to: "2026-12-25", name: "" }] }],
  ["services.1", { services: ["MOT", " mot"] }],
])("refuses, at its field %s, what cannot be told to customers", async (field, change) => {
  const garage = await givenGarage(ctx);
  await expect(save(garage, change)).rejects.toMatchObject({ code: "invalid_input", field });
  expect((await read(garage)).version).toBe(0);
});

test("a name from before the limit that is longer keeps nobody from saving the rest, and is not made another long one", async () => {
  const garage = await givenGarage(ctx);
  const name = "Long ".repeat(20).trim();
  await prisma().organization.update({ where: { id: garage.orgId }, data: { name } });
  expect(await save(garage, { services: ["MOT"] })).toMatchObject({ name, services: ["MOT"] });
  await expect(save(garage, { name: `${name}er` })).rejects.toMatchObject({ field: "name" });
  expect(await save(garage, { name: "Short" })).toMatchObject({ name: "Short" });
});

test("who changed what is kept, with what stood there before; nothing where nothing changed", async () => {
  const garage = await givenGarage(ctx);
  await save(garage, {});
  await save(garage, { closures: [CHRISTMAS] });
  await save(garage, { portalUrl: "https://portal.example", week: WEEKDAYS });
  await saveAi(garage, { greeting: "Hello there" });
  const acts = await changesOf(garage.orgId);
  expect(acts.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
    {
      action: "garage/changed",
      before: { closures: null },
      after: { closures: "from 25 December to 26 December (Christmas)" },
    },
    {
      action: "garage/changed",
      before: { portal: expect.any(String), hours: null },
      after: { portal: "https://portal.example", hours: "Mon–Fri 08:00–17:30" },
    },
    {
      action: "persona/changed",
      before: { greeting: "Thanks for calling, this is Ava. How can I help?" },
      after: { greeting: "Hello there" },
    },
  ]);
});

test("saving the suggested assistant as it stands is kept as a change, once", async () => {
  const garage = await givenGarage(ctx);
  await prisma().voicePersona.delete({ where: { orgId: garage.orgId } });
  const suggested = await readAi(garage);
  expect(suggested.isSuggested).toBe(true);
  expect(await saveAi(garage, {})).toMatchObject({ greeting: suggested.greeting, isSuggested: false });
  await saveAi(garage, {});
  expect(await changesOf(garage.orgId)).toMatchObject([
    { action: "persona/changed", before: {}, after: { greeting: suggested.greeting } },
  ]);
  expect((await readAi(garage)).isSuggested).toBe(false);
});

test("a voice that no list has stays selectable and is kept; a chosen one is heard on the next call", async () => {
  const garage = await givenGarage(ctx);
  const shown = await readAi(garage);
  expect(shown.voice).toBe("current");
  expect(shown.choices.voices[0]).toEqual({ id: "current", label: "Current (11labs voice-of-the-garage)" });
  await saveAi(garage, { greeting: "  Good   morning.  " });
  expect(await assistantOf(garage)).toMatchObject({
    firstMessage: "Good morning.",
    voice: VOICE,
    transcriber: TRANSCRIBER,
  });
  await saveAi(garage, { voice: "vapi:Elliot" });
  expect((await assistantOf(garage)).voice).toEqual({ provider: "vapi", voiceId: "Elliot" });
  await expect(saveAi(garage, { voice: "somebody:else" })).rejects.toMatchObject({ field: "voice" });
  await expect(saveAi(garage, { language: "xx" })).rejects.toMatchObject({ field: "language" });
  await expect(saveAi(garage, { greeting: "Have a great day, goodbye" })).rejects.toMatchObject({
    field: "greeting",
  });
});

test("what the assistant may not do is neither in its hands nor in its mouth, and is refused", async () => {
  const garage = await givenGarage(ctx);
  const toolNames = async () =>
    (await assistantOf(garage)).model.tools.map(
      (tool: { function?: { name: string } }) => tool.function?.name,
    );
  const use = async (name: string, args: object) =>
    (await toolsOf(ctx).askOne(garage, name, { ...args })).error ?? "";
  await saveAi(garage, { mayBook: false });
  expect(await toolNames()).toEqual(["work_order_status", "customer_lookup", undefined]);
  expect(await promptOf(garage)).toContain("You cannot book appointments");
  expect(await use("book_appointment", { name: "Dana", startsAt: "2026-11-27T10:00" })).toMatch(
    /does not have that done/,
  );
  expect(await prisma().appointment.count({ where: { orgId: garage.orgId } })).toBe(0);
  await saveAi(garage, { mayBook: true, mayLookUp: false });
  expect(await toolNames()).toEqual(["book_appointment", undefined]);
  expect(await promptOf(garage)).not.toContain("how work stands");
  for (const name of ["work_order_status", "customer_lookup"])
    expect(await use(name, {})).toMatch(/does not have that done/);
  await saveAi(garage, { mayBook: false });
  expect(await toolNames()).toEqual([undefined]);
  expect(await promptOf(garage)).toContain("You cannot book or look anything up on this call");
});

test("hours that were written as text were converted where they can be read", async () => {
  const migration = readFileSync("prisma/migrations/20261126043101_garage_settings/migration.sql", "utf8");
  const functions = migration.slice(
    migration.indexOf("-- A time of day"),
    migration.indexOf("UPDATE organization SET opening_hours"),
  );
  const client = await pool().connect();
  const converted = async (text: string | null) =>
    (await client.query("SELECT pg_temp.read_hours($1) AS week", [text])).rows[0].week;
  try {
    await client.query(functions);
    const saturday = [{ from: "08:30", to: "12:30" }];
    for (const text of [
      "Mon–Fri 08:00–17:30, Sat 08:30–12:30",
      "Monday to Friday 8am - 5.30pm; Saturday 8.30am to 12.30pm; Sunday closed",
      "mon-fri: 8-5:30\nsat 8:30-12:30",
    ])
      expect(await converted(text), text).toEqual({ ...WEEKDAYS, sat: saturday });
    expect((await converted("daily 0-24")).wed).toBe("24h");
    expect((await converted("Sat-Mon 9-12, 13-17")).sun).toEqual([
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ]);
    for (const text of [null, "", "by appointment", "Mon 25:00-26:00", "Mon–Fri 8-17, weekends by phone"])
      expect(await converted(text), String(text)).toBeNull();
  } finally {
    client.release(true);
  }
});

test("hours that could not be read go on being told until somebody says them", async () => {
  const garage = await givenGarage(ctx);
  await prisma().organization.update({ where: { id: garage.orgId }, data: { hours: "by appointment" } });
  expect((await read(garage)).hoursAsWritten).toBe("by appointment");
  await save(garage, { name: "Other" });
  expect(await promptOf(garage)).toContain("Opening hours: by appointment.");
  await save(garage, { closures: [CHRISTMAS] });
  expect(await promptOf(garage)).toContain(
    "Opening hours: by appointment; closed from 25 December to 26 December (Christmas).",
  );
  await save(garage, { closures: [], week: WEEKDAYS });
  expect((await read(garage)).hoursAsWritten).toBeNull();
  expect(await promptOf(garage)).toContain("Opening hours: Mon–Fri 08:00–17:30.");
});
