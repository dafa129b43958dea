import { afterAll, beforeAll, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { request, sharedApp } from "../support/app";
import { type SignedIn, withSession } from "../support/sign-in";

let garage: StaffedGarage;
let other: StaffedGarage;
let people: Record<Role, SignedIn>;
let stranger: SignedIn;
beforeAll(async () => {
  const ctx = systemContext("test");
  [garage, other] = [await givenStaffedGarage(ctx), await givenStaffedGarage(ctx)];
  const all = await Promise.all(
    ROLES.map(async (role) => [role, await withSession(`${role}@${garage.slug}.test`)]),
  );
  people = Object.fromEntries(all);
  stranger = await withSession(other.owner);
});
afterAll(closePool);

const ask = (cookie: string, method: string, path: string, body: unknown = {}) =>
  request(`/api/settings/team/${path}`, {
    method,
    headers: { "content-type": "application/json", origin: sharedApp().url, cookie },
    body: JSON.stringify(body),
  });

const rolesOf = async () =>
  (await prisma().member.findMany({ where: { organizationId: garage.orgId } }))
    .map(({ role }) => role)
    .sort();

it("only an owner invites an owner; an address is read without its spaces and capitals", async () => {
  const invited = async (role: Role, email: string, as: Role) =>
    (await ask(people[role].cookie, "POST", "invitations", { email, role: as })).status;
  expect(await invited("manager", `${newId()}@example.test`, "owner")).toBe(403);
  expect(await invited("owner", `${newId()}@example.test`, "owner")).toBe(204);
  const name = newId();
  expect(await invited("manager", ` ${name}@Example.TEST `, "advisor")).toBe(204);
  const { invitations } = await (await people.manager.get("/api/settings/team")).json();
  expect(invitations[0]).toMatchObject({ email: `${name}@example.test` });
});

it("another garage’s owner finds nobody of this one, and no invitation", async () => {
  const { userId } = await prisma().member.findFirstOrThrow({
    where: { organizationId: garage.orgId, role: "advisor" },
  });
  await ask(people.owner.cookie, "POST", "invitations", { email: "waits@example.test", role: "advisor" });
  const { invitations } = await (await people.owner.get("/api/settings/team")).json();
  expect(invitations[0]).toMatchObject({ email: "waits@example.test", role: "advisor" });
  for (const [method, path, body] of [
    ["PUT", `members/${userId}/role`, { role: "manager" }],
    ["POST", `members/${userId}/remove`, {}],
    ["POST", `members/${userId}/hand-over`, {}],
    ["POST", `invitations/${invitations[0].id}/resend`, {}],
    ["POST", `invitations/${invitations[0].id}/revoke`, {}],
  ] as const)
    expect([path, (await ask(stranger.cookie, method, path, body)).status]).toEqual([path, 404]);
  expect(await rolesOf()).toEqual(["advisor", "manager", "owner", "technician"]);
  expect((await (await people.owner.get("/api/settings/team")).json()).invitations).toEqual(invitations);
});

it("what is no role, no address, a member’s or one’s own address is told at its field", async () => {
  const refusal = async (email: string, role: string) => {
    const answer = await ask(people.owner.cookie, "POST", "invitations", { email, role });
    const { code, field } = (await answer.json()).error;
    return [code, field];
  };
  expect(await refusal("new@example.test", "admin")).toEqual(["invalid_input", "role"]);
  expect(await refusal("not an address", "advisor")).toEqual(["invalid_input", "email"]);
  expect(await refusal(`ADVISOR@${garage.slug}.test`, "manager")).toEqual(["conflict", "email"]);
  expect(await refusal(garage.owner, "manager")).toEqual(["conflict", "email"]);
});

it("whoever leaves is out at once; the last owner stays", async () => {
  expect((await ask(people.owner.cookie, "POST", "leave")).status).toBe(409);
  expect((await ask(people.technician.cookie, "POST", "leave")).status).toBe(204);
  expect((await people.technician.get("/api/diagnostics")).status).toBe(403);
  expect(await rolesOf()).toEqual(["advisor", "manager", "owner"]);
});
