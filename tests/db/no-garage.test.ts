import { afterAll, describe, expect, it } from "vitest";
import { POST as startRoute } from "@/app/api/garages/route";
import { POST as sendRoute } from "@/app/api/invitations/[id]/send/route";
import { systemContext } from "@/lib/auth/context";
import { issueLink, peekLink } from "@/lib/auth/links";
import { myPlace } from "@/lib/auth/my-place";
import { memberContext, signedIn } from "@/lib/auth/session";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { newId } from "@/lib/shared/ids";
import { giveForeignRole } from "../factories/foreign-role";
import { tokenTo } from "../factories/mailed-links";
import { givenOrganisation } from "../factories/organisation";
import { givenSession } from "../factories/session";
import { errorOf, postTo } from "../factories/visitor";

afterAll(closePool);
const ctx = systemContext("test");
const headers = (cookie: string) => new Headers({ cookie });
const start = (cookie: string, garageName = "Ortiz Motors") => postTo(startRoute, { garageName }, { cookie });

async function givenMembership(userId: string, role: string): Promise<string> {
  const { orgId, name } = await givenOrganisation(ctx);
  await prisma().member.create({ data: { id: newId(), organizationId: orgId, userId, role: "technician" } });
  if (role !== "technician") await giveForeignRole(orgId, userId, role);
  return name;
}

async function placeOf(cookie: string) {
  const user = await signedIn(headers(cookie));
  if (!user) throw new Error("nobody is signed in");
  return myPlace(ctx, user);
}

describe("a garage of one's own", () => {
  it("is a trial that the session acts for at once; of four requests at once, one makes it", async () => {
    const { userId, cookie } = await givenSession();
    await expect(memberContext(headers(cookie))).rejects.toMatchObject({ code: "forbidden" });
    const answers = await Promise.all(Array.from({ length: 4 }, () => start(cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const { actor } = await memberContext(headers(cookie));
    expect(actor).toMatchObject({ userId, role: "owner" });
    const { rows } = await pool().query("SELECT state FROM credit_account WHERE org_id = $1", [actor.orgId]);
    expect(rows).toEqual([{ state: "trial" }]);
  });

  it("is one per account: who has left the garage that they made is sent to support", async () => {
    const { userId, cookie } = await givenSession();
    expect((await start(cookie)).status).toBe(201);
    await prisma().member.deleteMany({ where: { userId } });
    const refused = await start(cookie, "Ortiz Motors Two");
    expect([refused.status, await errorOf(refused)]).toEqual([
      409,
      {
        code: "conflict",
        message: "You have had a free trial already. To start another garage, contact Torqueflow support.",
      },
    ]);
    expect(await prisma().organization.count({ where: { foundedBy: userId } })).toBe(1);
  });

  it("is for nobody without a session, no support, no member, also with a role that is none of ours", async () => {
    expect((await start("")).status).toBe(401);
    const support = await givenSession();
    await prisma().user.update({ where: { id: support.userId }, data: { platformRole: "support" } });
    expect((await start(support.cookie)).status).toBe(403);
    for (const role of ["technician", "gardener"]) {
      const member = await givenSession();
      await givenMembership(member.userId, role);
      expect((await start(member.cookie)).status, role).toBe(409);
    }
    for (const name of ["\u200B", "x".repeat(61)])
      expect((await start((await givenSession()).cookie, name)).status).toBe(400);
  });
});

it("a role that is none of ours is told, with the garage", async () => {
  const { userId, cookie } = await givenSession();
  const name = await givenMembership(userId, "gardener");
  expect(await placeOf(cookie)).toEqual({ unusable: [{ garage: name, role: "gardener" }], invitations: [] });
  await expect(memberContext(headers(cookie))).rejects.toMatchObject({ code: "forbidden" });
});

describe("an invitation that waits", () => {
  async function invited() {
    const { orgId, name } = await givenOrganisation(ctx);
    const { userId, cookie } = await givenSession();
    const inviter = await givenSession();
    const email = `${userId}@garage.test`;
    const link = await inTransaction((tx) =>
      issueLink(ctx, tx, {
        kind: "invitation",
        email,
        orgId,
        data: { role: "advisor", invitedBy: inviter.userId },
      }),
    );
    return { orgId, name, cookie, email, link };
  }
  const send = (id: string, cookie: string) => postTo(sendRoute, {}, { cookie, params: { id } });

  it("is shown to its address alone, and sent again with another link", async () => {
    const { name, cookie, email, link } = await invited();
    const stranger = await givenSession();
    expect((await placeOf(stranger.cookie)).invitations).toEqual([]);
    expect((await placeOf(cookie)).invitations).toMatchObject([
      { id: link.id, garage: name, invitedBy: "Sam Ortiz", role: "advisor" },
    ]);
    expect((await send(link.id, stranger.cookie)).status).toBe(404);
    expect((await send(link.id, "")).status).toBe(401);
    expect((await send(link.id, cookie)).status).toBe(202);
    expect((await peekLink(ctx, "invitation", link.token)).kind).toBe("withdrawn");
    const state = await peekLink(ctx, "invitation", await tokenTo(email, "invitation"));
    expect(state).toMatchObject({ kind: "live", link: { email, data: { role: "advisor" } } });
    expect((await send(link.id, cookie)).status).toBe(404);
  });
});
