import { hashPassword } from "better-auth/crypto";
import { afterAll, describe, expect, it } from "vitest";
import { changePassword } from "@/lib/auth/change-password";
import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { signedIn } from "@/lib/auth/session";
import { changeRole, removeMember } from "@/lib/auth/team";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenMember } from "../factories/buyer";
import { givenOrganisation } from "../factories/organisation";
import { givenSession } from "../factories/session";

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
    await changeRole(owner, { orgId, userId: other, role: "owner" });
    expect(await rolesOf(orgId)).toEqual(["owner", "owner"]);
    await changeRole(owner, { orgId, userId: owner.actor.userId, role: "manager" });
    expect(await rolesOf(orgId)).toEqual(["manager", "owner"]);
  });

  it("the last owner stays one, whoever asks", async () => {
    const { orgId, ctx, ids } = await givenTeam("owner", "manager");
    const [owner, manager] = ctx;
    const [ownerId = ""] = ids;
    if (!owner || !manager) throw new Error("no team");
    expect(await refusalOf(changeRole(owner, { orgId, userId: ownerId, role: "advisor" }))).toBe("conflict");
    expect(await refusalOf(removeMember(owner, { orgId, userId: ownerId }))).toBe("conflict");
    expect(await refusalOf(removeMember(manager, { orgId, userId: ownerId }))).toBe("forbidden");
    expect(await rolesOf(orgId)).toEqual(["manager", "owner"]);
  });

  it("two owners who step down at the same moment leave one", async () => {
    const { orgId, ctx } = await givenTeam("owner", "owner");
    const outcomes = await Promise.all(
      ctx.map((owner) =>
        refusalOf(changeRole(owner, { orgId, userId: owner.actor.userId, role: "manager" })),
      ),
    );
    expect(outcomes.sort()).toEqual(["conflict", "done"]);
    expect(await rolesOf(orgId)).toEqual(["manager", "owner"]);
  });

  it.each([["owner", "manager"], "admin", "member", "owner,manager"])("%j is no role", async (role) => {
    const { orgId, ctx, ids } = await givenTeam("owner", "advisor");
    const [owner] = ctx;
    if (!owner) throw new Error("no team");
    const change = { orgId, userId: String(ids[1]), role: role as Role };
    expect(await refusalOf(changeRole(owner, change))).toBe("invalid_input");
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
    expect(await refusalOf(changeRole(advisor, { orgId, userId: technician, role: "advisor" }))).toBe(
      "forbidden",
    );
    expect(await refusalOf(removeMember(stranger, { orgId, userId: technician }))).toBe("not_found");
    expect(await refusalOf(changeRole(manager, { orgId, userId: technician, role: "owner" }))).toBe(
      "forbidden",
    );
    await changeRole(manager, { orgId, userId: technician, role: "advisor" });
    await removeMember(manager, { orgId, userId: String(ids[1]) });
    expect(await rolesOf(orgId)).toEqual(["advisor", "manager", "owner"]);
  });
});

describe("a changed password", () => {
  const OLD = "kettle-orbit-marmalade";
  const NEW = "walrus-tandem-inkwell";

  async function givenTwoBrowsers() {
    const { userId, cookie } = await givenSession();
    const elsewhere = await givenSession({ userId });
    await prisma().account.create({
      data: {
        id: newId(),
        accountId: userId,
        providerId: "credential",
        userId,
        password: await hashPassword(OLD),
      },
    });
    return { here: new Headers({ cookie }), elsewhere: new Headers({ cookie: elsewhere.cookie }) };
  }

  it("ends every other session, and this browser goes on with a new one", async () => {
    const { here, elsewhere } = await givenTwoBrowsers();
    const renewed = await changePassword(here, { current: OLD, next: NEW });
    const cookie = String(renewed.getSetCookie()[0]).split(";")[0] ?? "";
    expect([await signedIn(elsewhere), await signedIn(here)]).toEqual([undefined, undefined]);
    expect(await signedIn(new Headers({ cookie }))).toBeDefined();
  });

  it("needs the present one, is no common one, and may be guessed at ten times", async () => {
    const { here } = await givenTwoBrowsers();
    const wrong = () => refusalOf(changePassword(here, { current: "not the present one", next: NEW }));
    expect(await refusalOf(changePassword(here, { current: OLD, next: "password123" }))).toBe(
      "invalid_input",
    );
    for (let n = 0; n < 10; n += 1) expect(await wrong()).toBe("invalid_input");
    expect(await wrong()).toBe("rate_limited");
  });
});
