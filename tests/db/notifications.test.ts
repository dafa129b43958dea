import { afterAll, expect, test } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { chooseLetter } from "@/lib/mail/choose-letter";
import { getNotifications } from "@/lib/mail/get-notifications";
import { saveStaff } from "../factories/garage-rows";
import { testContext } from "../factories/ledger";
import { givenSharedGarage } from "../factories/shared-garage";

afterAll(closePool);

const NOW = new Date("2026-11-26T14:10:00Z");

async function givenTeam() {
  const garage = await givenSharedGarage(testContext(NOW));
  await saveStaff(garage, NOW);
  const { orgId } = garage;
  const as = async (role: Role) => {
    const { userId } = await prisma().member.findFirstOrThrow({ where: { organizationId: orgId, role } });
    return { ...testContext(NOW), actor: { kind: "member" as const, userId, orgId, role } };
  };
  return { ...garage, as, owner: await as("owner") };
}

test("an owner does without a letter of choice, for themselves alone, and takes it back; the audit keeps both", async () => {
  const { orgId, owner } = await givenTeam();
  const second = (await givenTeam()).owner.actor.userId;
  await prisma().member.create({
    data: { id: crypto.randomUUID(), organizationId: orgId, userId: second, role: "owner", createdAt: NOW },
  });
  const asSecond = { ...owner, actor: { ...owner.actor, userId: second } };
  const wanted = async (ctx = owner) =>
    Object.fromEntries(
      ((await getNotifications(ctx, orgId)).email?.choices ?? []).map((one) => [one.letter, one.wanted]),
    );
  expect(await wanted()).toEqual({ "credits-expiring": true, "top-up-limit-reached": true });
  await chooseLetter(owner, orgId, { letter: "credits-expiring", wanted: false });
  await chooseLetter(owner, orgId, { letter: "credits-expiring", wanted: false });
  expect(await wanted()).toEqual({ "credits-expiring": false, "top-up-limit-reached": true });
  expect(await wanted(asSecond)).toEqual({ "credits-expiring": true, "top-up-limit-reached": true });
  await chooseLetter(owner, orgId, { letter: "credits-expiring", wanted: true });
  expect(await wanted()).toEqual({ "credits-expiring": true, "top-up-limit-reached": true });
  const { rows } = await pool().query(
    "SELECT action, before, after FROM audit_act WHERE org_id = $1 ORDER BY id",
    [orgId],
  );
  const change = (before: boolean, after: boolean) => ({
    action: "notifications/changed",
    before: { "credits-expiring": before },
    after: { "credits-expiring": after },
  });
  expect(rows).toEqual([change(true, false), change(false, true)]);
});

test("what is always sent cannot be switched off, and says to which owners it goes", async () => {
  const { orgId, slug, owner } = await givenTeam();
  for (const letter of ["credits-low", "dispute-opened", "no-such-letter", "toString"])
    await expect(chooseLetter(owner, orgId, { letter, wanted: false })).rejects.toMatchObject({
      code: "invalid_input",
    });
  const { email } = await getNotifications(owner, orgId);
  expect(email?.owners).toEqual([{ name: `${slug} owner`, email: `owner@${slug}.test`, isYou: true }]);
  expect(email?.always).toContain("A payment is disputed with your bank");
  expect(email?.always).not.toContain(email?.choices[0]?.title);
});

test("who is no owner has no e-mail to choose and learns no address; a technician and another garage nothing at all", async () => {
  const { orgId, as } = await givenTeam();
  const choice = { letter: "credits-expiring", wanted: false };
  for (const role of ["manager", "advisor"] as const) {
    expect(await getNotifications(await as(role), orgId)).toEqual({ email: null });
    await expect(chooseLetter(await as(role), orgId, choice)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(getNotifications(await as("technician"), orgId)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = (await givenTeam()).owner;
  await expect(getNotifications(stranger, orgId)).rejects.toMatchObject({ code: "not_found" });
  await expect(chooseLetter(stranger, orgId, choice)).rejects.toMatchObject({ code: "not_found" });
});
