import { afterAll, describe, expect, test } from "vitest";
import {
  assignCallBack,
  countCallBacks,
  listCallBacks,
  markCallBack,
  recordAttempt,
  takeBackAttempt,
} from "@/lib/calls/call-backs";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { type GivenCall, saveCallRows } from "../factories/call-rows";
import { saveStaff } from "../factories/garage-rows";
import { testContext } from "../factories/ledger";
import { givenSharedGarage } from "../factories/shared-garage";

afterAll(closePool);

const NOW = new Date("2026-11-26T14:10:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** A garage, two of whose people ring back, and its call-backs: `given` says how long ago each came in. */
async function givenCallBacks(...given: ({ ago: number } & NonNullable<GivenCall["callBack"]>)[]) {
  const garage = await givenSharedGarage(testContext(NOW));
  await saveStaff(garage, NOW);
  const { orgId } = garage;
  const saved = await saveCallRows(
    orgId,
    given.map(({ ago, ...callBack }) => ({ at: minutesAgo(ago), answer: "credit-exhaustion", callBack })),
  );
  const idOf = async (role: string) =>
    (await prisma().member.findFirstOrThrow({ where: { organizationId: orgId, role } })).userId;
  const as = (userId: string, now = NOW) => ({
    ...testContext(now),
    actor: { kind: "member" as const, userId, orgId, role: "advisor" as const },
  });
  const [advisor, manager] = [await idOf("advisor"), await idOf("manager")];
  const list = async () => (await listCallBacks(as(advisor), orgId)).callBacks;
  const ids = saved.map(({ callBackId }) => callBackId);
  const only = (nth: number) => ({ id: String(ids[nth]), also: [] });
  return { ...garage, as, advisor, manager, technician: await idOf("technician"), list, ids, only };
}

type Given = Awaited<ReturnType<typeof givenCallBacks>>;

const attempt = (
  { as, orgId }: Given,
  by: string,
  chosen: { id: string; also: readonly string[] },
  outcome: Parameters<typeof recordAttempt>[3]["outcome"],
  { key = newId(), now = NOW } = {},
) => recordAttempt(as(by, now), orgId, chosen, { key, outcome }).then(() => key);

describe("who waits", () => {
  test("the longest waiting first, and one number in one row with each of its messages", async () => {
    const given = await givenCallBacks(
      { ago: 10, phone: "+447700900111", name: "Sam" },
      { ago: 90, phone: null, name: "Withheld" },
      { ago: 60, phone: "+447700900111", reason: "The first time" },
      { ago: 5, phone: null },
    );
    const shown = (await given.list()).map(({ id, name, calls }) => [id, name, calls.map((one) => one.id)]);
    const [sam, withheld, first, silent] = given.ids;
    expect(shown).toEqual([
      [withheld, "Withheld", [withheld]],
      [first, "Sam", [first, sam]],
      [silent, null, [silent]],
    ]);
  });

  test("a person who looks after it is nobody once they have left; a technician cannot be given one", async () => {
    const given = await givenCallBacks({ ago: 5, phone: "+447700900111" });
    const { as, orgId, advisor, manager, technician, only, list } = given;
    await assignCallBack(as(advisor), orgId, only(0), manager);
    expect((await list())[0]?.assignee).toEqual({ id: manager, name: `${given.slug} manager` });
    await expect(assignCallBack(as(advisor), orgId, only(0), technician)).rejects.toMatchObject({
      code: "invalid_input",
    });
    await prisma().member.deleteMany({ where: { organizationId: orgId, userId: manager } });
    expect((await list())[0]?.assignee).toBeNull();
  });
});

describe("attempts", () => {
  test("each is kept with who and when; speaking to them closes all of the number that were shown", async () => {
    const given = await givenCallBacks(
      { ago: 60, phone: "+447700900111" },
      { ago: 30, phone: "+447700900111" },
      { ago: 20, phone: "+447700900222" },
    );
    const [first, second, foreign] = given.ids.map(String);
    if (!first || !second || !foreign) throw new Error("no call-backs");
    const chosen = { id: first, also: [second, foreign] };
    await attempt(given, given.advisor, chosen, "no-answer", { now: minutesAgo(9) });
    await attempt(given, given.advisor, chosen, "voicemail", { now: minutesAgo(8) });
    expect((await given.list()).map(({ doneAt }) => doneAt)).toEqual([null, null]);
    const waiting = () => countCallBacks(given.as(given.advisor), given.orgId);
    expect(await waiting()).toEqual({ count: 3 });
    await attempt(given, given.manager, chosen, "spoke");
    expect(await waiting()).toEqual({ count: 1 });
    const [open, done] = await given.list();
    expect(open).toMatchObject({ id: foreign, attempts: [], doneAt: null });
    expect(done).toMatchObject({
      doneAt: NOW.toISOString(),
      doneBy: `${given.slug} manager`,
      attempts: [
        { outcome: "no-answer", at: minutesAgo(9).toISOString(), by: { id: given.advisor } },
        { outcome: "voicemail", by: { name: `${given.slug} advisor` } },
        { outcome: "spoke", by: { id: given.manager } },
      ],
    });
    expect(done?.calls.map(({ id }) => id)).toEqual([first, second]);
  });

  test("a number that rang again, or in another row, says who reached it meanwhile", async () => {
    const given = await givenCallBacks(
      { ago: 60, phone: "+447700900111" },
      { ago: 30, phone: "+447700900111" },
    );
    await attempt(given, given.manager, given.only(0), "spoke", { now: minutesAgo(20) });
    await saveCallRows(given.orgId, [
      { at: minutesAgo(10), answer: "credit-exhaustion", callBack: { phone: "+447700900222" } },
    ]);
    const [again, later] = await given.list();
    expect(again).toMatchObject({
      id: given.ids[1],
      reached: { at: minutesAgo(20).toISOString(), by: { id: given.manager } },
    });
    expect(later?.reached).toBeNull();
  });

  test("the same wish twice is one attempt; two people at once are two, and the first of them closed it", async () => {
    const given = await givenCallBacks({ ago: 5, phone: "+447700900111" });
    const key = newId();
    await Promise.all([1, 2, 3].map(() => attempt(given, given.advisor, given.only(0), "spoke", { key })));
    expect((await given.list())[0]?.attempts).toHaveLength(1);
    const other = await attempt(given, given.manager, given.only(0), "spoke", {
      now: new Date(NOW.getTime() + 1_000),
    });
    const [done] = await given.list();
    expect(done?.attempts.map(({ id }) => id)).toEqual([key, other]);
    expect(done?.doneBy).toBe(`${given.slug} advisor`);
    await takeBackAttempt(given.as(given.advisor), given.orgId, String(given.ids[0]), key);
    expect((await given.list())[0], "the other still spoke to them").toMatchObject({
      doneBy: `${given.slug} manager`,
      attempts: [{ id: other }],
    });
  });

  test("a wish’s key with another outcome, or for another call-back, is refused", async () => {
    const given = await givenCallBacks(
      { ago: 9, phone: "+447700900111" },
      { ago: 5, phone: "+447700900222" },
    );
    const key = await attempt(given, given.advisor, given.only(0), "no-answer");
    for (const other of [
      () => attempt(given, given.advisor, given.only(0), "spoke", { key }),
      () => attempt(given, given.advisor, given.only(1), "no-answer", { key }),
    ])
      await expect(other()).rejects.toMatchObject({ code: "conflict" });
    expect(await given.list()).toMatchObject([{ doneAt: null, attempts: [{ id: key }] }, { attempts: [] }]);
  });

  test("what was recorded by mistake is undone in all its call-backs, and stays undone", async () => {
    const given = await givenCallBacks(
      { ago: 9, phone: "+447700900111" },
      { ago: 5, phone: "+447700900111" },
    );
    const both = { id: String(given.ids[0]), also: [String(given.ids[1])] };
    const key = await attempt(given, given.advisor, both, "spoke");
    await takeBackAttempt(given.as(given.manager), given.orgId, both.id, key);
    expect(await given.list()).toMatchObject([{ doneAt: null, doneBy: null, attempts: [] }]);
    await attempt(given, given.advisor, both, "spoke", { key });
    expect(await given.list()).toMatchObject([{ doneAt: null, attempts: [] }]);
    await markCallBack(given.as(given.advisor), given.orgId, both, true);
    expect(await given.list()).toMatchObject([{ doneAt: NOW.toISOString(), calls: [{}, {}] }]);
    await markCallBack(given.as(given.advisor), given.orgId, both, false);
    expect(await given.list()).toMatchObject([{ doneAt: null, calls: [{}, {}] }]);
  });

  test("another garage’s call-back is not found, whatever is asked of it", async () => {
    const [mine, theirs] = [await givenCallBacks(), await givenCallBacks({ ago: 5, phone: "+447700900111" })];
    const key = await attempt(theirs, theirs.advisor, theirs.only(0), "no-answer");
    const { as, advisor, orgId } = mine;
    const asked = [
      attempt(mine, advisor, theirs.only(0), "spoke"),
      assignCallBack(as(advisor), orgId, theirs.only(0), advisor),
      markCallBack(as(advisor), orgId, theirs.only(0), true),
      takeBackAttempt(as(advisor), orgId, theirs.only(0).id, key),
    ];
    // All are listened to at once: one that is refused while another is waited for would end the process.
    const refused = asked.map((one) => expect(one).rejects.toMatchObject({ code: "not_found" }));
    await Promise.all(refused);
    expect(await theirs.list()).toMatchObject([{ doneAt: null, assignee: null, attempts: [{ id: key }] }]);
  });
});
