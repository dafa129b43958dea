import { describe, expect, test } from "vitest";
import { colleagueWith } from "@/lib/auth/colleagues";
import { type Member, systemContext } from "@/lib/auth/context";
import { memberContext } from "@/lib/auth/session";
import { changeRole } from "@/lib/auth/team/change-role";
import { getTeam } from "@/lib/auth/team/get-team";
import { handOver } from "@/lib/auth/team/hand-over";
import { leaveGarage, removeMember } from "@/lib/auth/team/remove-member";
import { assignCallBack } from "@/lib/calls/call-backs";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { assign } from "@/lib/inbox/assign";
import { reply } from "@/lib/inbox/reply";
import { takeOver } from "@/lib/inbox/take-over";
import { newId } from "@/lib/shared/ids";
import { givenMember } from "../factories/buyer";
import { giveForeignRole } from "../factories/foreign-role";
import { runJobs } from "../factories/jobs";
import { givenDesk } from "../factories/message-desk";
import { sentTo, startedSandbox } from "../factories/message-garage";
import { givenSession } from "../factories/session";
import { waitingForLocks } from "../support/locks";

const sandbox = startedSandbox();
const system = systemContext("test");

/** A desk with an owner; its conversation is held and looked after by Ann, as is a call-back. */
async function givenHeldDesk() {
  const desk = await givenDesk(sandbox.current());
  const { orgId, id, ann } = desk;
  const { member: owner } = await givenMember(system, orgId, "owner");
  await takeOver(ann, orgId, id);
  await assign(ann, orgId, id, ann.actor.userId);
  const callBack = newId();
  await prisma().callBack.create({
    data: {
      orgId,
      id: callBack,
      providerCallId: newId(),
      phone: "+447700900111",
      source: "tool",
      createdAt: desk.ctx.now(),
    },
  });
  await assignCallBack(ann, orgId, { id: callBack, also: [] }, ann.actor.userId);
  const kept = async () => ({
    ...(await prisma().conversation.findFirstOrThrow({
      where: { orgId, id },
      select: { heldBy: true, assignedTo: true },
    })),
    callBack: (await prisma().callBack.findFirstOrThrow({ where: { orgId, id: callBack } })).assignedTo,
  });
  return { ...desk, owner, kept };
}

const NOTHING = { heldBy: null, assignedTo: null, callBack: null };

/** What a person was written of the owners of their garages. */
const toldOf = async (userId: string) => {
  const letters = await prisma().personalMail.findMany({ where: { userId, letter: "owners-changed" } });
  return letters.map(({ data }) => (data as { how: string }).how);
};

const changesOf = (orgId: string) =>
  prisma().auditAct.findMany({
    where: { orgId },
    orderBy: { id: "asc" },
    select: { actor: true, action: true, input: true, before: true, after: true },
  });

const addressOf = async ({ userId }: Member) =>
  (await prisma().user.findUniqueOrThrow({ where: { id: userId } })).email;

describe("what somebody held goes back to the team", () => {
  test("when they are removed, for good: it is not theirs again when they come back", async () => {
    const { orgId, owner, ann, kept } = await givenHeldDesk();
    const { userId } = ann.actor;
    expect(await kept()).toEqual({ heldBy: userId, assignedTo: userId, callBack: userId });
    await removeMember(owner, orgId, { userId });
    await runJobs();
    expect(await kept()).toEqual(NOTHING);
    expect(await changesOf(orgId)).toEqual([
      {
        actor: `member:${owner.actor.userId}`,
        action: "team/removed",
        input: { subject: await addressOf(ann.actor) },
        before: { role: "advisor" },
        after: {},
      },
    ]);
  });

  test("when their new role has no inbox and no calls, and stays where it has", async () => {
    const { orgId, owner, ann, look, bob, kept } = await givenHeldDesk();
    const { userId } = ann.actor;
    await changeRole(owner, orgId, { userId, role: "manager" });
    await runJobs();
    expect(await kept()).toMatchObject({ heldBy: userId, assignedTo: userId });
    await changeRole(owner, orgId, { userId, role: "technician" });
    expect(await look(bob)).toMatchObject({ holder: null, assignee: null });
    await runJobs();
    expect(await kept()).toEqual(NOTHING);
  });

  test("when they are removed before their reply is stored: it is refused, and the customer hears nothing", async () => {
    const { orgId, id, owner, ann } = await givenHeldDesk();
    const { replying } = await inTransaction(async (tx) => {
      await tx.query("SELECT FROM conversation WHERE org_id = $1 AND id = $2 FOR UPDATE", [orgId, id]);
      const replying = reply(ann, { orgId, conversationId: id, body: "It is ready.", key: newId() }).then(
        () => "sent",
        (error: { code: string }) => error.code,
      );
      await expect.poll(waitingForLocks).toBe(1);
      await removeMember(owner, orgId, { userId: ann.actor.userId });
      return { replying };
    });
    expect(await replying).toBe("forbidden");
    expect((await sentTo(orgId)).filter(({ author }) => author === "staff")).toEqual([]);
  });

  test("when they are removed while they take something over: the removal waits, and finds it", async () => {
    const { orgId, id, owner, bob } = await givenHeldDesk();
    const { userId } = bob.actor;
    const { removing } = await inTransaction(async (tx) => {
      await colleagueWith(tx, bob, orgId, { permission: "messages.send", userId });
      const removing = removeMember(owner, orgId, { userId });
      await expect.poll(waitingForLocks).toBe(1);
      await tx.query("UPDATE conversation SET held_by = $3 WHERE org_id = $1 AND id = $2", [
        orgId,
        id,
        userId,
      ]);
      return { removing };
    });
    await removing;
    await runJobs();
    expect(await prisma().conversation.findFirst({ where: { orgId, id } })).toMatchObject({ heldBy: null });
  });
});

describe("a garage keeps an owner", () => {
  const rolesOf = async (orgId: string) =>
    (await prisma().member.findMany({ where: { organizationId: orgId } })).map(({ role }) => role).sort();
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: { code: string }) => error.code,
    );

  test("of two owners who remove, demote or hand over at once, one is left or becomes one", async () => {
    const { orgId, owner: first } = await givenHeldDesk();
    const { member: second } = await givenMember(system, orgId, "owner");
    const outcomes = await Promise.all([
      outcomeOf(removeMember(first, orgId, { userId: second.actor.userId })),
      outcomeOf(removeMember(second, orgId, { userId: first.actor.userId })),
    ]);
    expect(outcomes.sort()).toEqual(["done", "forbidden"]);
    expect((await rolesOf(orgId)).filter((role) => role === "owner")).toHaveLength(1);
    // Whoever was removed hears of it too, once.
    for (const { actor } of [first, second]) expect(await toldOf(actor.userId)).toEqual(["removed"]);
  });

  test("the last one cannot leave; who hands over is a manager, who may", async () => {
    const { orgId, owner, bob } = await givenHeldDesk();
    expect(await outcomeOf(leaveGarage(owner, orgId))).toBe("conflict");
    const handed = await Promise.all(
      [bob, bob].map(({ actor: { userId } }) => outcomeOf(handOver(owner, orgId, { userId }))),
    );
    expect(handed.sort()).toEqual(["done", "forbidden"]);
    expect(await rolesOf(orgId)).toEqual(["advisor", "manager", "owner", "technician"]);
    for (const { actor } of [owner, bob]) expect(await toldOf(actor.userId)).toEqual(["handed-over"]);
    await leaveGarage(owner, orgId);
    expect(await rolesOf(orgId)).toEqual(["advisor", "owner", "technician"]);
    const [before, after] = [await addressOf(owner.actor), await addressOf(bob.actor)];
    expect((await changesOf(orgId)).map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: "team/owner-handed-over", before: { owner: before }, after: { owner: after } },
      { action: "team/left", before: { role: "manager" }, after: {} },
    ]);
  });
});

test("a member is last seen when a session of theirs was used for the garage, also one that has ended", async () => {
  const { orgId, owner, ann } = await givenHeldDesk();
  const { userId } = ann.actor;
  const { cookie } = await givenSession({ userId, activeOrganizationId: orgId });
  const seen = async () =>
    (await getTeam(owner, orgId)).members.find((member) => member.userId === userId)?.lastSeenAt;
  expect(Date.now() - Date.parse((await seen()) ?? "")).toBeLessThan(60_000);
  const old = new Date(Date.now() - 6 * 60_000);
  await prisma().session.updateMany({ where: { userId }, data: { lastUsedAt: old } });
  await memberContext(new Headers({ cookie }));
  await prisma().session.deleteMany({ where: { userId } });
  expect(Date.parse((await seen()) ?? "")).toBeGreaterThan(old.getTime() + 5 * 60_000);
});

test("a member whose role is none of the four acts nowhere, breaks nothing, and can be given one", async () => {
  const { orgId, owner, ann } = await givenHeldDesk();
  const { userId } = ann.actor;
  await giveForeignRole(orgId, userId, "admin");
  const { cookie } = await givenSession({ userId, activeOrganizationId: orgId });
  const headers = new Headers({ cookie });
  await expect(memberContext(headers)).rejects.toMatchObject({ code: "forbidden" });
  const elsewhere = await givenMember(system, (await givenDesk(sandbox.current())).orgId, "advisor");
  const { orgId: other } = elsewhere.member.actor;
  await prisma().member.create({ data: { id: newId(), organizationId: other, userId, role: "technician" } });
  expect((await memberContext(headers)).actor).toMatchObject({ orgId: other, role: "technician" });
  const roleShown = async () =>
    (await getTeam(owner, orgId)).members.find((member) => member.userId === userId)?.role;
  expect(await roleShown()).toBeNull();
  await changeRole(owner, orgId, { userId, role: "advisor" });
  expect(await roleShown()).toBe("advisor");
  expect((await memberContext(headers)).actor).toMatchObject({ orgId, role: "advisor" });
  const { rows } = await pool().query(
    "SELECT convalidated FROM pg_constraint WHERE conname = 'member_role_is_one_of_four'",
  );
  expect(rows).toEqual([{ convalidated: false }]);
});
