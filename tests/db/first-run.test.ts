import { afterAll, expect, test } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { dismissFirstRun } from "@/lib/first-run/dismiss-first-run";
import { getFirstRun } from "@/lib/first-run/get-first-run";
import { newId } from "@/lib/shared/ids";
import { saveCallRows } from "../factories/call-rows";
import { testContext } from "../factories/ledger";
import { givenInvitation, givenNewGarage, givenPersona } from "../factories/shared-garage";

afterAll(closePool);

const NOW = new Date("2026-11-26T14:10:00Z");

async function givenGarage() {
  const ctx = testContext(NOW);
  const { orgId, userId } = await givenNewGarage(ctx);
  const as = (role: Role) => ({
    ...ctx,
    actor: { kind: "member" as const, userId, orgId, role },
  });
  const missing = async () => {
    const { show, done, steps } = await getFirstRun(as("owner"), orgId);
    return { show, done, missing: steps.flatMap((step) => step.missing) };
  };
  return { orgId, userId, as, missing, travel: ctx.travel };
}

const changeGarage = (orgId: string, data: { phone?: string; hours?: string }) =>
  prisma().organization.update({ where: { id: orgId }, data });

test("each step is done by what is there, wherever it was done, and the last one ends them", async () => {
  const { orgId, userId, missing, travel } = await givenGarage();
  expect(await missing()).toEqual({
    show: true,
    done: 0,
    missing: [
      "telephone number",
      "opening hours",
      "your check of the suggested greeting and voice",
      "a test call",
      "an invitation",
    ],
  });
  await changeGarage(orgId, { phone: "0113 496 0001" });
  expect(await missing()).toMatchObject({ done: 0 });
  await changeGarage(orgId, { hours: "Monday to Friday 8:00 to 17:30" });
  expect(await missing()).toMatchObject({ done: 1 });
  await givenPersona(orgId);
  await prisma().channelNumber.updateMany({ where: { orgId }, data: { connectedAt: null } });
  expect((await missing()).missing).toEqual(["a connected phone line", "an invitation"]);
  await prisma().channelNumber.updateMany({ where: { orgId }, data: { connectedAt: NOW } });
  const call = { orgId, id: newId(), userId: newId(), number: "+447700900123", line: "1", createdAt: NOW };
  await prisma().testCall.create({ data: { ...call, status: "failed" } });
  expect(await missing()).toMatchObject({ done: 2, missing: ["a test call", "an invitation"] });
  await prisma().testCall.update({
    where: { orgId_id: { orgId, id: call.id } },
    data: { status: "ended" },
  });
  expect(await missing()).toEqual({ show: true, done: 3, missing: ["an invitation"] });
  await givenInvitation(testContext(NOW), { orgId, userId });
  expect(await missing()).toEqual({ show: false, done: 4, missing: [] });
  travel(new Date(NOW.getTime() + 8 * 86_400_000));
  expect(await missing()).toMatchObject({ done: 3, missing: ["an invitation"] });
});

test("a customer’s call counts as heard; dismissed, the steps are shown to nobody; after the trial neither", async () => {
  const { orgId, as, missing } = await givenGarage();
  await saveCallRows(orgId, [{ at: NOW }]);
  expect((await missing()).missing).not.toContain("a test call");
  await prisma().channelNumber.updateMany({ where: { orgId }, data: { connectedAt: null } });
  expect((await missing()).missing).not.toContain("a connected phone line");
  await dismissFirstRun(as("manager"), orgId);
  await dismissFirstRun(as("owner"), orgId);
  expect(await missing()).toMatchObject({ show: false, done: 1 });
  const paying = await givenGarage();
  await prisma().creditAccount.update({ where: { orgId: paying.orgId }, data: { state: "active" } });
  expect(await paying.missing()).toMatchObject({ show: false, done: 0 });
});

test("owners and managers alone are led, in their own garage", async () => {
  const { orgId, as } = await givenGarage();
  expect((await getFirstRun(as("manager"), orgId)).show).toBe(true);
  for (const role of ["advisor", "technician"] as const) {
    await expect(getFirstRun(as(role), orgId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(dismissFirstRun(as(role), orgId)).rejects.toMatchObject({ code: "forbidden" });
  }
  const stranger = await givenGarage();
  await prisma().channelNumber.deleteMany({ where: { orgId: stranger.orgId } });
  expect((await stranger.missing()).missing).toContain("a phone line");
  await expect(getFirstRun(stranger.as("owner"), orgId)).rejects.toMatchObject({ code: "not_found" });
  await expect(dismissFirstRun(stranger.as("owner"), orgId)).rejects.toMatchObject({ code: "not_found" });
});
