import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { kindOf, UNSHOWN_ACTIONS } from "@/lib/audit/core/act-kinds";
import { type ActToSay, hasWords, sayAct } from "@/lib/audit/core/say-act";
import { sayLine } from "@/lib/audit/say-line";

const ROOT = path.join(import.meta.dirname, "../..");
const ID = "019ac2f0-1111-7222-8333-444455556666";

const act = (action: string, given: Partial<ActToSay> = {}): ActToSay => ({
  ...{ action, input: {}, before: null, after: null },
  ...given,
});
const said = (action: string, given: Partial<ActToSay> = {}) => {
  const done = act(action, given);
  return sayAct({ ...done, line: sayLine(done) }).text;
};
const JO = { subject: "jo@brightside.test" };

/** What the sources write into the audit, as far as it stands there as a name. */
function actionsInCode(): string[] {
  const files = readdirSync(path.join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => readFileSync(path.join(ROOT, "lib", file), "utf8"))
    .filter((text) => /\b(recordChange|actOnce|actOnAccount|recordOwnChange)\b/.test(text));
  const named = files.flatMap((text) => {
    const given = [...text.matchAll(/\baction(?::| =) ([^,;]+)[,;]/g)].map(([, name = ""]) => name);
    return given.flatMap((expression) =>
      [...expression.matchAll(/"([a-z][a-z/-]+)"/g)].map(([, name]) => name ?? ""),
    );
  });
  return [...new Set(named)].sort();
}

/** The platform's own acts: no organisation has them in its log. */
const PLATFORM = ["offer-pack", "withdraw-pack", "set-plan"];

test("every action that the code writes has words and a kind", () => {
  const actions = actionsInCode().filter(
    (action) => !PLATFORM.includes(action) && !UNSHOWN_ACTIONS.includes(action),
  );
  expect(actions).toEqual(expect.arrayContaining(["gift", "adjust", "notifications/changed"]));
  expect(actions.filter((action) => !hasWords(action) || kindOf(action) === null)).toEqual([]);
});

describe("an owner reads", () => {
  test.each<[string, Partial<ActToSay>, string]>([
    [
      "garage/changed",
      { before: { portal: "https://old.example" }, after: { portal: "https://new.example" } },
      "changed the portal address from “https://old.example” to “https://new.example”",
    ],
    [
      "garage/changed",
      { before: { phone: null }, after: { phone: "0113 496 0001" } },
      "set the phone number to “0113 496 0001”",
    ],
    [
      "garage/changed",
      { before: { portal: "https://old.example" }, after: { portal: null } },
      "removed the portal address, which was “https://old.example”",
    ],
    [
      "garage/changed",
      { before: { name: "A", phone: "1" }, after: { name: "B", phone: "2" } },
      "changed the garage’s details",
    ],
    [
      "persona/changed",
      { before: { booksAppointments: true }, after: { booksAppointments: false } },
      "switched the booking of appointments off",
    ],
    [
      "line/connected",
      { input: { subject: "voice +441134960001" } },
      "connected the line Phone 0113 496 0001",
    ],
    [
      "line/assigned",
      { input: { number: "+441134960091" }, after: { line: "whatsapp 100000000000091", connected: false } },
      "assigned the line WhatsApp 0113 496 0091",
    ],
    [
      "line/taken",
      { before: { line: "whatsapp 100000000000091", number: "+441134960091" } },
      "took the line WhatsApp 0113 496 0091 away",
    ],
    ["line/taken", { before: { line: "whatsapp 100000000000091" } }, "took the line WhatsApp away"],
    [
      "line/disconnected",
      { input: { subject: "sms +447700900091" } },
      "disconnected the line SMS 07700 900091",
    ],
    ["team/invited", { input: JO, after: { role: "advisor" } }, "invited jo@brightside.test as an advisor"],
    [
      "team/role-changed",
      { input: JO, before: { role: "advisor" }, after: { role: "manager" } },
      "changed the role of jo@brightside.test from advisor to manager",
    ],
    [
      "team/removed",
      { input: JO, before: { role: "technician" }, after: {} },
      "removed jo@brightside.test, who was a technician",
    ],
    [
      "team/role-changed",
      { input: JO, person: "Jo Field", before: { role: "advisor" }, after: { role: "owner" } },
      "changed the role of Jo Field from advisor to owner",
    ],
    ["team/owner-handed-over", { input: JO }, "handed ownership over to jo@brightside.test"],
    [
      "notifications/changed",
      { before: { "credits-expiring": true }, after: { "credits-expiring": false } },
      "switched their emails about gifted credits about to expire off",
    ],
    [
      "account/second-factor",
      { input: JO, after: { twoStep: false } },
      "switched two-step verification of jo@brightside.test off",
    ],
    ["account/password-reset", {}, "set a new password by email"],
    ["billing/top-up-disabled", {}, "switched auto top-up off"],
    [
      "billing/plan-chosen",
      { after: { bays: 4, billed: "yearly" } },
      "subscribed for 4 bays, billed yearly, and paid at Stripe",
    ],
    [
      "billing/pack-bought",
      { input: { subject: "Starter" }, after: { amount: "1000000000", pricePence: 1_000 } },
      "bought Starter: 1,000 credits for £10.00",
    ],
    [
      "billing/subscription-changed",
      { before: {}, after: { bays: 1, billed: "monthly", ends: null } },
      "reports a new subscription for 1 bay, billed monthly",
    ],
    [
      "billing/subscription-changed",
      { before: { ends: null }, after: { ends: "2026-12-03T12:00:00Z" } },
      "reports that the subscription was cancelled, as of 3 December 2026",
    ],
    [
      "billing/subscription-changed",
      { before: { ends: "2026-12-03T12:00:00Z" }, after: { ends: null } },
      "reports that the subscription was resumed: it goes on",
    ],
    [
      "billing/subscription-changed",
      { before: { bays: 4 }, after: { bays: 5 } },
      "reports that the subscription was changed",
    ],
    [
      "messages/canned-response-removed",
      { input: { subject: "/thanks" } },
      "removed the canned response /thanks",
    ],
    ["gift", { input: { amount: "500000000", expiresAt: null } }, "gave 500 credits as a gift"],
    ["adjust", { input: { amount: "-1000000" } }, "corrected the balance by −1 credit"],
    [
      "sell",
      { input: { amount: "1000000000", packName: "Starter", pricePence: 1_000 } },
      "added 1,000 credits, paid by other means: Starter, £10.00",
    ],
    [
      "team/renamed-somehow",
      { input: JO },
      "did something that this page has no words for yet (“team/renamed-somehow”): jo@brightside.test",
    ],
    ["toString", {}, "did something that this page has no words for yet (“toString”)"],
  ])("%s", (action, given, words) => {
    expect(said(action, given)).toBe(words);
  });

  test("each of several changes, from what to what, amounts in credits and pounds", () => {
    const given = {
      before: { state: "past_due", allowance: "2000000000", balance: "1", frozen: true, bays: 4 },
      after: { state: "canceled", allowance: "2500000000", balance: "2", frozen: false, bays: 5 },
    };
    expect(sayAct(act("set-subscription", given))).toEqual({
      text: "changed the subscription",
      changes: [
        { what: "state", from: "past due", to: "cancelled" },
        { what: "allowance", from: "2,000 credits", to: "2,500 credits" },
        { what: "number of bays", from: "4", to: "5" },
      ],
    });
    const topUp = { after: { threshold: 100, creditsBought: 1_000, monthlyLimitPence: 2_000 } };
    expect(sayAct(act("billing/top-up-enabled", topUp)).changes).toEqual([
      { what: "threshold", from: null, to: "100" },
      { what: "credits bought at a time", from: null, to: "1,000" },
      { what: "monthly limit", from: null, to: "£20.00" },
    ]);
  });

  test("no id, no secret, and nothing of a freeze, whoever wrote it there", () => {
    const facts = {
      userId: "u_1",
      lineId: "x",
      who: ID,
      token: "t",
      apiSecret: "s",
      passwordHash: "h",
      frozen: true,
    };
    const { text, changes } = sayAct(act("new/thing", { input: { subject: ID }, before: {}, after: facts }));
    expect([text, changes]).toEqual(["did something that this page has no words for yet (“new/thing”)", []]);
  });

  test("long words are cut, and the other side of them is kept", () => {
    const { changes } = sayAct(
      act("persona/changed", { before: { greeting: "a".repeat(900) }, after: { greeting: "Hi" } }),
    );
    expect(changes[0]?.from).toHaveLength(301);
    expect(changes[0]?.to).toBe("Hi");
  });
});
