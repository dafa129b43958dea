import { afterAll, expect, test } from "vitest";
import { GET } from "@/app/api/settings/audit/route";
import { type AuditAsked, listActs } from "@/lib/audit/list-acts";
import { recordChange } from "@/lib/audit/record-change";
import type { Ctx } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { removeCannedResponse } from "@/lib/inbox/remove-canned-response";
import { saveCannedResponse } from "@/lib/inbox/save-canned-response";
import { credits } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { giftCredits } from "@/lib/support/gift-credits";
import { saveStaff } from "../factories/garage-rows";
import { asSupport, testContext } from "../factories/ledger";
import { givenSession } from "../factories/session";
import { givenSharedGarage } from "../factories/shared-garage";

afterAll(closePool);

const NOW = new Date("2026-11-26T14:10:00Z");

async function givenTeam() {
  const garage = await givenSharedGarage(testContext(NOW));
  await saveStaff(garage, NOW);
  const { orgId } = garage;
  const as = async (role: Role, at = NOW) => {
    const { userId } = await prisma().member.findFirstOrThrow({ where: { organizationId: orgId, role } });
    return { ...testContext(at), actor: { kind: "member" as const, userId, orgId, role } };
  };
  const owner = await as("owner");
  const log = async (asked: AuditAsked = {}) => (await listActs(owner, orgId, asked)).acts;
  return { ...garage, as, owner, log };
}

/** So many changes of one moment, by their numbers. */
const renamed = (ctx: Ctx, orgId: string, ...names: string[]) =>
  inTransaction(async (tx) => {
    for (const name of names)
      await recordChange(ctx, tx, { orgId, action: "garage/changed", before: { name: "" }, after: { name } });
  });

test("members and support stand in one log, support without a name of its own, and a freeze not at all", async () => {
  const { orgId, slug, owner, log } = await givenTeam();
  const { id } = await saveCannedResponse(owner, orgId, { shortcut: "thanks", body: "Thank you." });
  await saveCannedResponse(owner, orgId, { id, shortcut: "thanks", body: "Thanks." });
  await removeCannedResponse(owner, orgId, id);
  const support = asSupport(testContext(new Date(NOW.getTime() + 1)));
  await giftCredits(support, { orgId, amount: credits(500), key: "sorry", reason: "A private remark" });
  await freezeAccount(support, { orgId, frozen: true, key: "stop", reason: "Suspected abuse" });
  const acts = await log();
  expect(acts.map(({ by, text, kind }) => [by, text, kind])).toEqual([
    ["Torqueflow support", "gave 500 credits as a gift", "billing"],
    [`${slug} owner`, "removed the canned response /thanks", "messages"],
    [`${slug} owner`, "saved the canned response /thanks", "messages"],
    [`${slug} owner`, "saved the canned response /thanks", "messages"],
  ]);
  const { people } = await listActs(owner, orgId);
  expect(people.map(({ name }) => name)).toEqual([`${slug} owner`, "Torqueflow support"]);
  expect(JSON.stringify([acts, people])).not.toMatch(/private|abuse|freeze|frozen|sorry/i);
});

test("a day that PostgreSQL does not have is refused at its field, and the first and last that it is asked for are not", async () => {
  const { orgId, owner } = await givenTeam();
  const { cookie } = await givenSession({ userId: owner.actor.userId, activeOrganizationId: orgId });
  const ask = async (query: string) => {
    const url = `http://127.0.0.1:3000/api/settings/audit?${query}`;
    const answer = await GET(new Request(url, { headers: { cookie } }));
    return [answer.status, (await answer.json()).error?.field];
  };
  for (const wrong of ["0000-01-01", "2026-02-30", "2026-2-3", "10000-01-01", ""]) {
    expect(await ask(`from=${wrong}`), wrong).toEqual([400, "from"]);
    expect(await ask(`to=${wrong}`), wrong).toEqual([400, "to"]);
  }
  expect(await ask("from=0001-01-01&to=9999-12-31")).toEqual([200, undefined]);
});

test("page follows on page, also among changes of one moment, and nothing stands twice or is left out", async () => {
  const { orgId, owner, log } = await givenTeam();
  await renamed(owner, orgId, "A", "B", "C", "D", "E");
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listActs(owner, orgId, { limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...page.acts.map(({ text }) => text));
    cursor = page.nextCursor ?? undefined;
    if (seen.length === 2) await renamed(owner, orgId, "F");
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((text) => /“[A-E]”/.test(text))).toHaveLength(5);
  expect((await log()).length).toBe(6);
  await expect(listActs(owner, orgId, { cursor: "no cursor" })).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("it is narrowed by who, what, and London days", async () => {
  const { orgId, as, owner, log } = await givenTeam();
  // A minute before and after midnight in London, in summer.
  await renamed(await as("manager", new Date("2026-06-30T22:59:00Z")), orgId, "June");
  await renamed(await as("owner", new Date("2026-06-30T23:01:00Z")), orgId, "July");
  await saveCannedResponse(owner, orgId, { shortcut: "hi", body: "Hello." });
  const texts = async (asked: AuditAsked) => (await log(asked)).map(({ text }) => text);
  const [june, july] = ["set the name to “June”", "set the name to “July”"];
  expect(await texts({ from: "2026-07-01", to: "2026-07-31" })).toEqual([july]);
  expect(await texts({ to: "2026-06-30" })).toEqual([june]);
  expect(await texts({ person: owner.actor.userId, kind: "garage" })).toEqual([july]);
  expect(await texts({ person: "support" })).toEqual([]);
  expect(await texts({ kind: "messages" })).toEqual(["saved the canned response /hi"]);
});

test("a colleague is named in what was done to them, and whoever is not of the garage stays an address", async () => {
  const { orgId, slug, as, owner, log } = await givenTeam();
  const { userId } = (await as("advisor")).actor;
  const { email } = await prisma().user.findUniqueOrThrow({ where: { id: userId } });
  const { owner: stranger } = await givenTeam();
  const other = await prisma().user.findUniqueOrThrow({ where: { id: stranger.actor.userId } });
  await inTransaction(async (tx) => {
    for (const subject of [other.email, email])
      await recordChange(owner, tx, {
        ...{ orgId, action: "team/invited", subject },
        ...{ before: {}, after: { role: "advisor" } },
      });
  });
  const texts = async () => (await log()).map(({ text }) => text).sort();
  expect(await texts()).toEqual(
    [`invited ${slug} advisor as an advisor`, `invited ${other.email} as an advisor`].sort(),
  );
  await prisma().member.deleteMany({ where: { organizationId: orgId, userId } });
  expect(await texts()).toEqual(
    [`invited ${email} as an advisor`, `invited ${other.email} as an advisor`].sort(),
  );
});

test("owners alone read it, and of their own garage; who has left is still there as somebody", async () => {
  const { orgId, as, owner, log } = await givenTeam();
  for (const role of ["manager", "advisor", "technician"] as const)
    await expect(listActs(await as(role), orgId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listActs((await givenTeam()).owner, orgId)).rejects.toMatchObject({ code: "not_found" });
  const manager = await as("manager");
  await renamed(manager, orgId, "X");
  await prisma().user.delete({ where: { id: manager.actor.userId } });
  expect((await log()).map(({ by }) => by)).toEqual(["Somebody who has left"]);
  expect((await listActs(owner, orgId)).people).toEqual([
    { id: manager.actor.userId, name: "Somebody who has left" },
  ]);
});
