import { afterAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { changeRole } from "@/lib/auth/team/change-role";
import { removeMember } from "@/lib/auth/team/remove-member";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { givenMember } from "../factories/buyer";
import { givenOrganisation } from "../factories/organisation";

afterAll(closePool);
const system = systemContext("test");

/** A garage with one member of each of these roles. */
async function givenTeam<const Roles extends readonly Role[]>(...roles: Roles) {
  const { orgId } = await givenOrganisation(system);
  const members = await Promise.all(roles.map((role) => givenMember(system, orgId, role)));
  return {
    orgId,
    ctx: members.map(({ member }) => member),
    ids: members.map(({ member }) => member.actor.userId),
  };
}

const rolesOf = async (orgId: string) =>
  (await prisma().member.findMany({ where: { organizationId: orgId } })).map(({ role }) => role).sort();

const lettersOf = (userId: string) =>
  prisma().personalMail.findMany({ where: { userId }, orderBy: { queuedAt: "asc" } });

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

describe("one of four roles, and a garage keeps an owner", () => {
  it("an owner gives and takes every role, also an owner's, as long as one is left", async () => {
    const { orgId, ctx, ids } = await givenTeam("owner", "technician");
    const [owner, other] = [ctx[0], ids[1]] as const;
    if (!owner || !other) throw new Error("no team");
    await changeRole(owner, orgId, { userId: other, role: "owner" });
    expect(await rolesOf(orgId)).toEqual(["owner", "owner"]);
    await changeRole(owner, orgId, { userId: owner.actor.userId, role: "manager" });
    expect(await rolesOf(orgId)).toEqual(["manager", "owner"]);
    const told = ["made", "stepped-down"].map((how) => ({ letter: "owners-changed", data: { how } }));
    for (const userId of [owner.actor.userId, other]) expect(await lettersOf(userId)).toMatchObject(told);
  });

  it("the last owner stays one, whoever asks", async () => {
    const { orgId, ctx, ids } = await givenTeam("owner", "manager");
    const [owner, manager] = ctx;
    const [ownerId = ""] = ids;
    if (!owner || !manager) throw new Error("no team");
    expect(await refusalOf(changeRole(owner, orgId, { userId: ownerId, role: "advisor" }))).toBe("conflict");
    expect(await refusalOf(removeMember(owner, orgId, { userId: ownerId }))).toBe("conflict");
    expect(await refusalOf(removeMember(manager, orgId, { userId: ownerId }))).toBe("forbidden");
    expect(await rolesOf(orgId)).toEqual(["manager", "owner"]);
  });

  it("two owners who step down at the same moment leave one", async () => {
    const { orgId, ctx } = await givenTeam("owner", "owner");
    const outcomes = await Promise.all(
      ctx.map((owner) =>
        refusalOf(changeRole(owner, orgId, { userId: owner.actor.userId, role: "manager" })),
      ),
    );
    expect(outcomes.sort()).toEqual(["conflict", "done"]);
    expect(await rolesOf(orgId)).toEqual(["manager", "owner"]);
  });

  it.each([["owner", "manager"], "admin", "member", "owner,manager"])("%j is no role", async (role) => {
    const { orgId, ctx, ids } = await givenTeam("owner", "advisor");
    const [owner] = ctx;
    if (!owner) throw new Error("no team");
    const change = { userId: String(ids[1]), role: role as Role };
    expect(await refusalOf(changeRole(owner, orgId, change))).toBe("invalid_input");
    await expect(
      prisma().member.updateMany({ where: { organizationId: orgId }, data: { role: String(role) } }),
    ).rejects.toThrow();
    expect(await rolesOf(orgId)).toEqual(["advisor", "owner"]);
  });

  it("managers change the rest of the team; advisors, technicians and other garages nothing", async () => {
    const { orgId, ctx, ids } = await givenTeam("manager", "advisor", "technician", "owner");
    const [manager, advisor] = ctx;
    const technician = String(ids[2]);
    const stranger = (await givenTeam("owner")).ctx[0];
    if (!manager || !advisor || !stranger) throw new Error("no team");
    expect(await refusalOf(changeRole(advisor, orgId, { userId: technician, role: "advisor" }))).toBe(
      "forbidden",
    );
    expect(await refusalOf(removeMember(stranger, orgId, { userId: technician }))).toBe("not_found");
    expect(await refusalOf(changeRole(manager, orgId, { userId: technician, role: "owner" }))).toBe(
      "forbidden",
    );
    await changeRole(manager, orgId, { userId: technician, role: "advisor" });
    await removeMember(manager, orgId, { userId: String(ids[1]) });
    expect(await rolesOf(orgId)).toEqual(["advisor", "manager", "owner"]);
  });
});
