import { Client } from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { findGarage } from "@/lib/garage/find-garage";
import { garageChanged } from "@/lib/garage/garage-changed";
import { followChanges } from "@/lib/jobs/follow-changes";
import { type LiveEvent, publishLive, subscribeLive } from "@/lib/notify/live";
import { env } from "@/lib/shared/env";
import { allFinished } from "@/lib/shared/unfinished";
import { type Garage, givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { assistantRequest } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";

const ctx = testContext(new Date("2026-11-26T10:00:00Z"));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  await allFinished();
  for (const step of undo.splice(0).reverse()) await step();
});
afterAll(closePool);

/** A connection beside this process's own, as another process has one. */
async function elsewhere(): Promise<Client> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  undo.push(() => client.end());
  return client;
}

const greetingOf = async (garage: Garage): Promise<unknown> =>
  (await deliver(ctx, assistantRequest({ called: garage.number }))).assistant.firstMessage;

const greet = (orgId: string, greeting: string) =>
  prisma().voicePersona.update({ where: { orgId }, data: { greeting } });

test("a change in another process counts for this process's next call within a second, and its pages hear of it", async () => {
  const garage = await givenGarage(ctx);
  const other = await elsewhere();
  const heard: LiveEvent[] = [];
  undo.push(followChanges().stop);
  undo.push(subscribeLive(garage.orgId, (event) => heard.push(event)));
  const tell = () => other.query("SELECT pg_notify('torqueflow_garage', $1)", [garage.orgId]);
  const { orgId } = garage;
  const listens = () => publishLive({ type: "subscription/changed", orgId });
  await expect.poll(() => listens() ?? heard.length).toBeGreaterThan(0);
  const before = await greetingOf(garage);
  await greet(garage.orgId, "Good morning, this is Ava.");
  expect(await greetingOf(garage)).toBe(before);
  await tell();
  await expect.poll(() => greetingOf(garage), { timeout: 1_000 }).toBe("Good morning, this is Ava.");
  expect(heard).toContainEqual({ type: "garage/changed", orgId: garage.orgId });
});

test("a change made here counts at once, and is told to every other process", async () => {
  const garage = await givenGarage(ctx, { phone: "0113 496 0001" });
  const other = await elsewhere();
  await other.query("LISTEN torqueflow_garage");
  const told: unknown[] = [];
  other.on("notification", ({ payload }) => told.push(payload));
  await greetingOf(garage);
  const known = () => findGarage(ctx, "sms", garage.number);
  expect(await known()).toMatchObject({ phone: "0113 496 0001" });
  await greet(garage.orgId, "Hello from here.");
  await prisma().organization.update({ where: { id: garage.orgId }, data: { phone: "0113 496 0002" } });
  expect(await known()).toMatchObject({ phone: "0113 496 0001" });
  garageChanged(garage.orgId);
  expect(await greetingOf(garage)).toBe("Hello from here.");
  await expect.poll(known).toMatchObject({ phone: "0113 496 0002" });
  await expect.poll(() => told).toContain(garage.orgId);
});
