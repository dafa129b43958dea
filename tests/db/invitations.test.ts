import { afterAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { sendMyInvitation } from "@/lib/auth/send-my-invitation";
import type { MemberCtx } from "@/lib/auth/session";
import { acceptInvitation, joinWithNewAccount } from "@/lib/auth/team/accept-invitation";
import { changeRole } from "@/lib/auth/team/change-role";
import { getTeam } from "@/lib/auth/team/get-team";
import { handOver } from "@/lib/auth/team/hand-over";
import { invite, resendInvitation, revokeInvitation } from "@/lib/auth/team/invite";
import { lookAtInvitation } from "@/lib/auth/team/look-at-invitation";
import { leaveGarage, removeMember } from "@/lib/auth/team/remove-member";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenBuyer, givenMember } from "../factories/buyer";
import { lettersTo, tokenTo } from "../factories/mailed-links";
import { givenSession } from "../factories/session";

afterAll(closePool);
const system = systemContext("test");
const NOBODY = new Headers();

const outcomeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

/** A garage whose owner has invited somebody, and what came by mail. */
async function givenInvited(role: "owner" | "manager" | "advisor" = "advisor") {
  const { orgId, member: owner } = await givenBuyer(system);
  const email = `${newId()}@example.test`;
  await invite(owner, orgId, { email, role });
  const [waiting] = (await getTeam(owner, orgId)).invitations;
  if (!waiting) throw new Error("nobody was invited");
  return { orgId, owner, email, id: waiting.id, token: await tokenTo(email, "invitation") };
}

/** Somebody with an account at this address, signed in. */
async function givenAccount(email: string) {
  const userId = newId();
  await prisma().user.create({ data: { id: userId, name: "Sam New", email } });
  const { cookie } = await givenSession({ userId });
  return { userId, headers: new Headers({ cookie }) };
}

const membersAt = (orgId: string, email: string) =>
  prisma().member.findMany({
    where: { organizationId: orgId, user: { email } },
    select: { role: true },
  });

const stateOf = async (token: string) => (await lookAtInvitation(system, token, NOBODY)).state;

describe("an invitation", () => {
  test("that makes an owner is told to those who are owners, once it is accepted", async () => {
    const { owner, email, token } = await givenInvited("owner");
    const { userId, headers } = await givenAccount(email);
    await acceptInvitation(system, token, headers);
    const letters = await prisma().personalMail.findMany({
      where: { userId: { in: [owner.actor.userId, userId] } },
    });
    expect(letters).toHaveLength(2);
    for (const { letter, data } of letters)
      expect({ letter, data }).toMatchObject({
        letter: "owners-changed",
        data: { how: "made", person: { name: "Sam New", email } },
      });
  });

  test("makes whoever has its address what it says, once, however often it is accepted at the same moment", async () => {
    const { orgId, owner, email, token } = await givenInvited("manager");
    const { headers } = await givenAccount(email);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => outcomeOf(acceptInvitation(system, token, headers))),
    );
    expect(outcomes.sort()).toEqual(["done", "gone", "gone"]);
    expect(await membersAt(orgId, email)).toEqual([{ role: "manager" }]);
    expect((await lettersTo(email)).map(({ letter }) => letter)).toEqual(["invitation"]);
    expect(await stateOf(token)).toBe("used");
    expect((await getTeam(owner, orgId)).invitations).toEqual([]);
    const { action, input, after } = await prisma().auditAct.findFirstOrThrow({
      where: { orgId },
      orderBy: { id: "desc" },
    });
    expect({ action, input, after }).toEqual({
      action: "team/joined",
      input: { subject: email },
      after: { role: "manager" },
    });
  });

  test("accepted and withdrawn at once is one of both", async () => {
    for (let round = 0; round < 8; round += 1) {
      const { orgId, owner, email, id, token } = await givenInvited();
      const { headers } = await givenAccount(email);
      const both = [
        () => outcomeOf(acceptInvitation(system, token, headers)),
        () => outcomeOf(revokeInvitation(owner, orgId, id)),
      ];
      const outcomes = await Promise.all((round % 2 ? both.reverse() : both).map((start) => start()));
      const [accepted, revoked] = round % 2 ? outcomes.reverse() : outcomes;
      const isIn = accepted === "done";
      expect([accepted, revoked]).toEqual(isIn ? ["done", "not_found"] : ["gone", "done"]);
      expect(await membersAt(orgId, email)).toHaveLength(isIn ? 1 : 0);
    }
  });

  test("makes one account for whoever has none, and says when there is one meanwhile", async () => {
    const { orgId, email, token } = await givenInvited();
    const input = { token, name: "Sam New", password: "walrus-tandem-inkwell" };
    expect(await outcomeOf(joinWithNewAccount(system, { ...input, password: "password123" }, NOBODY))).toBe(
      "invalid_input",
    );
    const outcomes = await Promise.all(
      [1, 2].map(() => outcomeOf(joinWithNewAccount(system, input, NOBODY))),
    );
    expect(outcomes.sort()).toEqual(["done", "gone"]);
    expect(await membersAt(orgId, email)).toEqual([{ role: "advisor" }]);
    expect(await prisma().user.findUnique({ where: { email } })).toMatchObject({ emailVerified: true });
    const second = await givenInvited();
    await givenAccount(second.email);
    expect(await outcomeOf(joinWithNewAccount(system, { ...input, token: second.token }, NOBODY))).toBe(
      "conflict",
    );
    expect(await stateOf(second.token)).toBe("live");
  });

  test("is for its address alone: another account is told whose it is, and leaves it as it is", async () => {
    const { email, token } = await givenInvited();
    const { headers } = await givenAccount(`${newId()}@example.test`);
    await expect(acceptInvitation(system, token, headers)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining(email),
    });
    expect(await lookAtInvitation(system, token, headers)).toMatchObject({
      state: "live",
      hasAccount: false,
    });
  });

  test("is none for support, who alone are told so; who invites them learns nothing, and it stays as it is", async () => {
    const { orgId, owner, email, id, token } = await givenInvited("manager");
    const { userId, headers } = await givenAccount(email);
    await prisma().user.update({ where: { id: userId }, data: { platformRole: "support" } });
    await expect(acceptInvitation(system, token, headers)).rejects.toMatchObject({
      code: "forbidden",
      message: "You are signed in as Torqueflow support, which belongs to no garage.",
    });
    expect(await outcomeOf(sendMyInvitation(system, id, headers))).toBe("forbidden");
    expect(await membersAt(orgId, email)).toEqual([]);
    expect((await lookAtInvitation(system, token, headers)).state).toBe("support");
    const { headers: stranger } = await givenAccount(`${newId()}@example.test`);
    for (const reader of [NOBODY, stranger])
      expect((await lookAtInvitation(system, token, reader)).state).toBe("live");
    await revokeInvitation(owner, orgId, id);
    expect(await outcomeOf(invite(owner, orgId, { email, role: "owner" }))).toBe("done");
  });

  test("sent again has another link, and the one before says so; so does one whose garage is gone", async () => {
    const { orgId, owner, email, id, token } = await givenInvited();
    await resendInvitation(owner, orgId, id);
    const second = await tokenTo(email, "invitation");
    expect(second).not.toBe(token);
    expect([await stateOf(token), await stateOf(second)]).toEqual(["withdrawn", "live"]);
    expect(await outcomeOf(resendInvitation(owner, orgId, id))).toBe("not_found");
    await pool().query("UPDATE one_time_link SET org_id = $2 WHERE org_id = $1", [orgId, newId()]);
    expect(await stateOf(second)).toBe("gone");
    expect(await stateOf("no such token")).toBe("unknown");
  });
});

describe("an invitation ends with its sender's right to send it", () => {
  /** A manager who has invited somebody, and what an owner has: only the first ends. */
  async function givenInvitedByManager() {
    const given = await givenInvited();
    const { member: manager } = await givenMember(system, given.orgId, "manager");
    const { userId } = manager.actor;
    const email = `${newId()}@example.test`;
    await invite(manager, given.orgId, { email, role: "advisor" });
    return { ...given, manager, userId, mine: await tokenTo(email, "invitation") };
  }
  type Given = Awaited<ReturnType<typeof givenInvitedByManager>>;

  test.each<[string, (given: Given) => Promise<void>]>([
    ["removed", ({ owner, orgId, userId }) => removeMember(owner, orgId, { userId })],
    ["gone by themselves", ({ manager, orgId }) => leaveGarage(manager, orgId)],
    ["an advisor", ({ owner, orgId, userId }) => changeRole(owner, orgId, { userId, role: "advisor" })],
  ])("when they are %s", async (_how, act) => {
    const given = await givenInvitedByManager();
    await act(given);
    expect([await stateOf(given.mine), await stateOf(given.token)]).toEqual(["withdrawn", "live"]);
    const { headers } = await givenAccount(`${newId()}@example.test`);
    expect(await outcomeOf(acceptInvitation(system, given.mine, headers))).toBe("gone");
    const withdrawn = { orgId: given.orgId, action: "team/invitation-withdrawn" };
    expect(await prisma().auditAct.count({ where: withdrawn })).toBe(1);
  });

  test("as an owner, when they are a manager from now on; what managers may send stays", async () => {
    const { orgId, owner, token } = await givenInvited();
    const { member: next } = await givenMember(system, orgId, "manager");
    const email = `${newId()}@example.test`;
    await invite(owner, orgId, { email, role: "owner" });
    const asOwner = await tokenTo(email, "invitation");
    await handOver(owner, orgId, { userId: next.actor.userId });
    expect([await stateOf(asOwner), await stateOf(token)]).toEqual(["withdrawn", "live"]);
  });
});

describe("who is invited", () => {
  test("is no member, is not invited twice, and is written in small letters without spaces", async () => {
    const { orgId, owner, email } = await givenInvited();
    const ask = (address: string, by: MemberCtx = owner) =>
      outcomeOf(invite(by, orgId, { email: address, role: "advisor" }));
    expect(await ask(` ${email.toUpperCase()} `)).toBe("conflict");
    const { email: known } = await givenMember(system, orgId, "technician");
    expect(await ask(known.toUpperCase())).toBe("conflict");
    expect(await ask(` NEW.${email.toUpperCase()} `)).toBe("done");
    expect((await getTeam(owner, orgId)).invitations.map((one) => one.email)).toEqual([
      `new.${email}`,
      email,
    ]);
    const { member: advisor } = await givenMember(system, orgId, "advisor");
    expect(await ask("other@example.test", advisor)).toBe("forbidden");
  });

  test("one that has run out can be invited anew, and is listed until then", async () => {
    const { orgId, owner, email } = await givenInvited();
    const later = new Date(Date.now() + 8 * 86_400_000);
    const then: MemberCtx = { ...owner, now: () => later };
    expect((await getTeam(owner, orgId)).invitations).toHaveLength(1);
    expect(await outcomeOf(invite(then, orgId, { email, role: "technician" }))).toBe("done");
    expect((await getTeam(owner, orgId)).invitations).toMatchObject([{ email, role: "technician" }]);
  });

  test("one address gets five letters an hour, invited anew, sent again, or by another garage", async () => {
    const { orgId, owner, email, id } = await givenInvited();
    await revokeInvitation(owner, orgId, id);
    const waiting = async () => (await getTeam(owner, orgId)).invitations[0]?.id ?? "";
    for (const send of ["invite", "resend", "invite", "resend"]) {
      if (send === "invite") await invite(owner, orgId, { email, role: "advisor" });
      else await resendInvitation(owner, orgId, await waiting());
      if (send === "resend") await revokeInvitation(owner, orgId, await waiting());
    }
    expect(await outcomeOf(invite(owner, orgId, { email, role: "advisor" }))).toBe("rate_limited");
    const { orgId: another, member: stranger } = await givenBuyer(system);
    expect(await outcomeOf(invite(stranger, another, { email, role: "advisor" }))).toBe("rate_limited");
    expect(await lettersTo(email)).toHaveLength(5);
  });

  test("a garage sends thirty letters an hour, whoever of it, and has at most a hundred people and invitations", async () => {
    const { orgId, owner, id } = await givenInvited();
    const { member: manager } = await givenMember(system, orgId, "manager");
    await pool().query(
      `WITH people AS (
         INSERT INTO "user" (id, name, email, updated_at)
         SELECT gen_random_uuid(), 'Many', gen_random_uuid() || '@example.test', now() FROM generate_series(1, 97) RETURNING id)
       INSERT INTO member (id, organization_id, user_id, role, created_at)
       SELECT gen_random_uuid(), $1, id, 'technician', now() FROM people`,
      [orgId],
    );
    const ask = (by: MemberCtx) =>
      outcomeOf(invite(by, orgId, { email: `${newId()}@example.test`, role: "advisor" }));
    expect(await ask(manager)).toBe("conflict");
    let waiting = id;
    for (let letters = 2; letters < 30; letters += 1) {
      await pool().query("UPDATE one_time_link SET email = $2 WHERE id = $1", [
        waiting,
        `${newId()}@example.test`,
      ]);
      await resendInvitation(letters % 2 ? owner : manager, orgId, waiting);
      waiting = (await getTeam(owner, orgId)).invitations[0]?.id ?? "";
    }
    expect(await outcomeOf(resendInvitation(owner, orgId, waiting))).toBe("rate_limited");
    expect(await ask(manager)).toBe("rate_limited");
    expect(await outcomeOf(revokeInvitation(owner, orgId, waiting))).toBe("done");
  });
});
