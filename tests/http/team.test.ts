import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { request, sharedApp } from "../support/app";
import { type SignedIn, signIn } from "../support/sign-in";

const ROLES = ["owner", "manager", "advisor", "technician"] as const;
type Role = (typeof ROLES)[number];

/** What each role is answered where the team is theirs, and 403 where it is not; a name of nothing is not found. */
const WRITES: readonly {
  readonly does: string;
  readonly method: "POST" | "PUT";
  readonly path: () => string;
  readonly body?: () => unknown;
  readonly answers: Readonly<Record<Role, number>>;
}[] = [
  {
    does: "invites an advisor",
    method: "POST",
    path: () => "invitations",
    body: () => ({ email: ` ${newId()}@Example.TEST `, role: "advisor" }),
    answers: { owner: 204, manager: 204, advisor: 403, technician: 403 },
  },
  {
    does: "invites an owner",
    method: "POST",
    path: () => "invitations",
    body: () => ({ email: `${newId()}@example.test`, role: "owner" }),
    answers: { owner: 204, manager: 403, advisor: 403, technician: 403 },
  },
  ...(["resend", "revoke"] as const).map((verb) => ({
    does: `${verb}s an invitation`,
    method: "POST" as const,
    path: () => `invitations/${newId()}/${verb}`,
    answers: { owner: 404, manager: 404, advisor: 403, technician: 403 },
  })),
  {
    does: "changes a role",
    method: "PUT",
    path: () => `members/${newId()}/role`,
    body: () => ({ role: "technician" }),
    answers: { owner: 404, manager: 404, advisor: 403, technician: 403 },
  },
  ...(["remove", "hand-over"] as const).map((verb) => ({
    does: `asks for ${verb}`,
    method: "POST" as const,
    path: () => `members/${newId()}/${verb}`,
    answers: { owner: 404, manager: 404, advisor: 403, technician: 403 },
  })),
];

let garage: StaffedGarage;
let other: StaffedGarage;
let people: Record<Role, SignedIn>;
let stranger: SignedIn;
beforeAll(async () => {
  const ctx = systemContext("test");
  [garage, other] = [await givenStaffedGarage(ctx), await givenStaffedGarage(ctx)];
  const all = await Promise.all(
    ROLES.map(async (role) => [role, await signIn(`${role}@${garage.slug}.test`)]),
  );
  people = Object.fromEntries(all);
  stranger = await signIn(other.owner);
});
afterAll(closePool);

const ask = (cookie: string | null, method: string, path: string, body: unknown = {}) =>
  request(`/api/settings/team/${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      origin: sharedApp().url,
      ...(cookie === null ? {} : { cookie }),
    },
    body: JSON.stringify(body),
  });

const rolesOf = async () =>
  (await prisma().member.findMany({ where: { organizationId: garage.orgId } }))
    .map(({ role }) => role)
    .sort();

describe.each(WRITES)("who $does", ({ method, path, body, answers }) => {
  it("is answered by their role, and nobody without a session", async () => {
    expect((await ask(null, method, path(), body?.())).status).toBe(401);
    for (const role of ROLES) {
      const { status } = await ask(people[role].cookie, method, path(), body?.());
      expect([role, status]).toEqual([role, answers[role]]);
    }
  });
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
