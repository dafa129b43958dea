import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { CallsAsked } from "@/lib/calls/calls-asked";
import { getAnswering } from "@/lib/calls/get-answering";
import { getSummary } from "@/lib/calls/get-summary";
import { getCall, listCalls, listLiveCalls } from "@/lib/calls/list-calls";
import { closePool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { londonClock, londonDay, plusDays } from "@/lib/shared/london-time";
import { type GivenCall, saveCallRows } from "../factories/call-rows";
import { givenGarage } from "../factories/garage";
import { asMember, testContext } from "../factories/ledger";
import { endOfCallReport } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";

afterAll(closePool);

/** A Thursday, at ten past two. */
const NOW = new Date("2026-11-26T14:10:00Z");
const DAY_MS = 86_400_000;
const advisorOf = (orgId: string, now = NOW) => asMember(testContext(now), orgId, "advisor");

const logOf = async (orgId: string, asked: CallsAsked & { limit?: number } = {}) =>
  listCalls(advisorOf(orgId), orgId, { limit: 50, ...asked });

describe("the summary", () => {
  const figuresOf = (calls: readonly GivenCall[]) => {
    const answered = calls.filter(({ seconds }) => seconds !== 0);
    const as = (answer: GivenCall["answer"]) => answered.filter((call) => call.answer === answer);
    return {
      calls: calls.length,
      full: as("full").length,
      fasterModel: as("full").filter(({ level }) => level === 1).length,
      noTools: as("full").filter(({ level }) => level === 2).length,
      messageTaker: {
        creditExhaustion: as("credit-exhaustion").length,
        trialCap: as("trial-cap").length,
      },
      fallback: as("fallback").length,
      missed: calls.length - answered.length,
      forwarded: calls.filter(({ endedReason }) => endedReason === "assistant-forwarded-call").length,
      minutes: Math.round(calls.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) / 60),
    };
  };

  const someCall = (from: Date): fc.Arbitrary<GivenCall> =>
    fc.record({
      at: fc
        .integer({ min: 0, max: 21 * 24 * 60 })
        .map((minute) => new Date(from.getTime() + minute * 60_000)),
      answer: fc.constantFrom("full", "full", "credit-exhaustion", "trial-cap", "fallback"),
      level: fc.constantFrom(0, 0, 1, 2),
      seconds: fc.constantFrom(0, 42, 61, 600, null),
      endedReason: fc.constantFrom("customer-ended-call", "assistant-forwarded-call"),
    });

  test.each([
    ["on an ordinary day", NOW],
    ["a second after midnight", new Date("2026-11-26T00:00:01Z")],
    ["on the Sunday the clocks go back", new Date("2026-10-25T20:30:00Z")],
    ["on the Monday after they went forward", new Date("2027-03-29T09:15:00Z")],
  ])("counts what the log holds, %s", async (_, now) => {
    const { orgId } = await givenGarage(testContext(now));
    const [calls = []] = fc.sample(
      fc.array(someCall(new Date(now.getTime() - 20 * DAY_MS)), { minLength: 200, maxLength: 300 }),
      { numRuns: 1, seed: 14 },
    );
    await saveCallRows(orgId, calls);
    const today = londonDay(now);
    const monday = plusDays(today, -((londonClock(now).day + 6) % 7));
    const dayOf = ({ at }: GivenCall) => londonDay(at);
    const isEarlierInTheDay = ({ at }: GivenCall) => {
      const [called, present] = [londonClock(at).minute, londonClock(now).minute];
      return called < present;
    };
    const lastWeek = calls.filter((call) => {
      const [day, last] = [dayOf(call), plusDays(today, -7)];
      return day >= plusDays(monday, -7) && (day < last || (day === last && isEarlierInTheDay(call)));
    });
    const thisWeek = calls.filter((call) => dayOf(call) >= monday && dayOf(call) < plusDays(monday, 7));
    const summary = await getSummary(advisorOf(orgId, now), orgId);
    expect(summary).toEqual({
      today: figuresOf(calls.filter((call) => dayOf(call) === today)),
      week: figuresOf(thisWeek),
      sameDayLastWeek: figuresOf(lastWeek.filter((call) => dayOf(call) === plusDays(today, -7))),
      lastWeek: figuresOf(lastWeek),
      hours: Array.from(
        { length: 24 },
        (_, hour) => thisWeek.filter(({ at }) => Math.floor(londonClock(at).minute / 60) === hour).length,
      ),
      callBacks: { waiting: 0, longestSince: null },
    });
    expect(summary.week.calls).toBeGreaterThan(0);
  });

  test("says how many wait to be rung back, and since when the first of them does", async () => {
    const { orgId } = await givenGarage(testContext(NOW));
    const since = new Date("2026-11-20T09:00:00.123Z");
    await saveCallRows(orgId, [
      { at: NOW, answer: "credit-exhaustion", callBack: {} },
      { at: since, answer: "credit-exhaustion", callBack: {} },
    ]);
    expect((await getSummary(advisorOf(orgId), orgId)).callBacks).toEqual({
      waiting: 2,
      longestSince: since.toISOString(),
    });
  });
});

describe("the call log", () => {
  test("is read by pages that neither repeat nor leave out a call, also where many rang at one moment", async () => {
    const { orgId } = await givenGarage(testContext(NOW));
    const calls = Array.from({ length: 23 }, (_, nth) => ({
      at: new Date(NOW.getTime() - Math.floor(nth / 5) * 1_000),
    }));
    const saved = await saveCallRows(orgId, calls);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await logOf(orgId, { limit: 4, ...(cursor === "" ? {} : { cursor }) });
      seen.push(...page.calls.map(({ id }) => id));
      cursor = page.nextCursor;
      // One that rings meanwhile comes before what was read.
      await saveCallRows(orgId, [{ at: new Date(NOW.getTime() + seen.length) }]);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual(saved.map(({ id }) => id).toSorted());
  });

  test("refuses a cursor that is none of its own", async () => {
    const { orgId } = await givenGarage(testContext(NOW));
    await expect(logOf(orgId, { cursor: "1' OR 1=1" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("is filtered by how calls were answered, each call in one of them", async () => {
    const { orgId } = await givenGarage(testContext(NOW));
    const at = NOW;
    const given: Record<string, GivenCall> = {
      full: { at, level: 1 },
      "message-taker": { at, answer: "trial-cap", callBack: {} },
      fallback: { at, answer: "fallback" },
      missed: { at, answer: "credit-exhaustion", seconds: 0 },
    };
    const saved = await saveCallRows(orgId, Object.values(given));
    const forwarded = await saveCallRows(orgId, [{ at, endedReason: "assistant-forwarded-call" }]);
    const idsIn = async (filter: CallsAsked["filter"]) =>
      (await logOf(orgId, { filter })).calls.map(({ id }) => id).toSorted();
    const idOf = (nth: number) => String(saved[nth]?.id);
    expect(await idsIn("full")).toEqual([idOf(0), String(forwarded[0]?.id)].toSorted());
    expect(await idsIn("message-taker")).toEqual([idOf(1)]);
    expect(await idsIn("call-back")).toEqual([idOf(1)]);
    expect(await idsIn("fallback")).toEqual([idOf(2)]);
    expect(await idsIn("missed")).toEqual([idOf(3), String(forwarded[0]?.id)].toSorted());
  });

  test("finds a call by its number in any usual form, by a name, and by words that were said", async () => {
    const { orgId } = await givenGarage(testContext(NOW));
    const other = await givenGarage(testContext(NOW));
    const call: GivenCall = {
      at: NOW,
      callerNumber: "+447700900621",
      callerName: "Siobhán O’Dowd",
      summary: "Asked about brake pads.",
      transcript: "AI: Hello\nUser: The brakes on FD13 KWM are squealing. Straße, ½ ﷺ.",
      callBack: { phone: "+441134960123", name: "Morag Sutherland-Łuczak", reason: "Ring about the clutch" },
    };
    const [saved] = await saveCallRows(orgId, [call, { at: NOW, callerNumber: "+442079460000" }]);
    await saveCallRows(other.orgId, [call]);
    const found = async (search: string) => (await logOf(orgId, { search })).calls.map(({ id }) => id);
    for (const typed of [
      ...["07700 900621", "+44 7700 900 621", "0044 7700 900621", "(07700) 900-621", "+44 (0)7700 900621"],
      ...[
        "07700 90",
        "900621",
        "0621",
        "0113 496 0123",
        "siobhán",
        "O'Dowd",
        "o’dowd",
        "Morag suth",
        "clutch",
      ],
      ...["brake", "braking", "squeal", "fd13kwm", "FD13 KWM", "  pads  "],
      ...["siobhan o’dowd", "SUTHERLAND LUCZAK", "łuczak", "strasse", "STRAẞE", "½", "ﷺ"],
    ])
      expect([typed, await found(typed)]).toEqual([typed, [saved?.id]]);
    for (const typed of ["gearbox", "morag clio", "07700 900622", "' | !", "a & b <-> c:*"])
      expect([typed, (await found(typed)).includes(saved?.id ?? "")]).toEqual([typed, typed === "' | !"]);
  });

  test("is one organisation’s alone, and for those who see calls", async () => {
    const [mine, theirs] = [await givenGarage(testContext(NOW)), await givenGarage(testContext(NOW))];
    const [call] = await saveCallRows(theirs.orgId, [{ at: NOW, callerName: "Sam Ortiz", callBack: {} }]);
    expect((await logOf(mine.orgId)).calls).toEqual([]);
    expect((await logOf(mine.orgId, { search: "ortiz" })).calls).toEqual([]);
    expect((await getSummary(advisorOf(mine.orgId), mine.orgId)).week.calls).toBe(0);
    const notFound = { code: "not_found" };
    await expect(getCall(advisorOf(mine.orgId), mine.orgId, String(call?.id))).rejects.toMatchObject(
      notFound,
    );
    await expect(getSummary(advisorOf(mine.orgId), theirs.orgId)).rejects.toMatchObject(notFound);
    const technician = asMember(testContext(NOW), theirs.orgId, "technician");
    for (const verb of [getSummary, listLiveCalls])
      await expect(verb(technician, theirs.orgId)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("keeps what was said turn by turn, with times and what tools answered", async () => {
    const garage = await givenGarage(testContext(NOW));
    const messages = [
      { role: "system", message: "You are Ava.", secondsFromStart: 0 },
      { role: "bot", message: 'Hello, it’s "Ava".', secondsFromStart: 1.1 },
      { role: "tool_calls", message: "", secondsFromStart: 3 },
      {
        role: "tool_call_result",
        name: "book_appointment",
        result: "Booked: Monday.",
        secondsFromStart: 4.9,
      },
      { role: "user", message: "Thanks", secondsFromStart: 61.2 },
    ];
    const id = newId();
    await deliver(
      testContext(NOW),
      endOfCallReport({ id, called: garage.number }, { artifact: { messages } }),
    );
    const [listed] = (await logOf(garage.orgId)).calls;
    expect((await getCall(advisorOf(garage.orgId), garage.orgId, String(listed?.id))).dialogue).toEqual([
      { by: "ai", text: 'Hello, it’s "Ava".', second: 1 },
      { by: "tool", tool: "book_appointment", text: "Booked: Monday.", second: 4 },
      { by: "caller", text: "Thanks", second: 61 },
    ]);
  });
});

test("calls that go on are listed, the longest first, until they end or no call lasts so long", async () => {
  const { orgId } = await givenGarage(testContext(NOW));
  const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
  const live = { seconds: null, status: "in-progress" } as const;
  const [young, old] = await saveCallRows(orgId, [
    { at: minutesAgo(1), ...live, status: "ringing" },
    { at: minutesAgo(9), ...live },
    { at: minutesAgo(18), ...live },
    { at: minutesAgo(2) },
  ]);
  const calls = await listLiveCalls(advisorOf(orgId), orgId);
  expect(calls.map(({ id, status }) => [id, status])).toEqual([
    [old?.id, "in-progress"],
    [young?.id, "ringing"],
  ]);
});

test("staff are told since when only messages are taken, and why", async () => {
  const { orgId } = await givenGarage(testContext(NOW), { credits: 0 });
  const at = (clock: string) => new Date(`2026-11-26T${clock}:00Z`);
  await saveCallRows(orgId, [
    { at: at("13:00") },
    { at: at("14:02"), answer: "fallback" },
    { at: at("14:05"), answer: "credit-exhaustion" },
    { at: at("14:08"), answer: "credit-exhaustion" },
  ]);
  expect(await getAnswering(advisorOf(orgId), orgId)).toEqual({
    messagesOnlySince: at("14:05").toISOString(),
    reason: "credit-exhaustion",
  });
});
