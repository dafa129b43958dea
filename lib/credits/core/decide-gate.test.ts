import { expect, it } from "vitest";
import {
  type AccountFacts,
  decideGate,
  type GateDecision,
  type GateFacts,
  isDegradationReason,
} from "./decide-gate";

const facts = (over: Partial<AccountFacts>): AccountFacts => ({
  state: "active",
  balance: 1n,
  frozen: false,
  trialCapMicroGbp: 0n,
  trialSpentMicroGbp: 0n,
  ...over,
});
const allow: GateDecision = { kind: "allow", billable: true, failOpen: false };
const exhausted: GateDecision = { kind: "degrade", reason: "credit-exhaustion" };
const capped: GateDecision = { kind: "degrade", reason: "trial-cap" };

it.each<[string, GateFacts, GateDecision]>([
  [
    "demo is unlimited",
    facts({ state: "demo", balance: -5n }),
    { kind: "allow", billable: false, failOpen: false },
  ],
  [
    "demo comes before frozen",
    facts({ state: "demo", frozen: true }),
    { kind: "allow", billable: false, failOpen: false },
  ],
  ["a failed check allows", { unknown: "error" }, { kind: "allow", billable: true, failOpen: true }],
  ["a slow check allows", { unknown: "timeout" }, { kind: "allow", billable: true, failOpen: true }],
  ["frozen looks exhausted, whatever the balance", facts({ frozen: true, balance: 900n }), exhausted],
  [
    "frozen comes before the trial cap",
    facts({ state: "trial", frozen: true, trialCapMicroGbp: 5n, trialSpentMicroGbp: 5n }),
    exhausted,
  ],
  [
    "a trial under its cap runs with no credits at all",
    facts({ state: "trial", balance: -1n, trialCapMicroGbp: 5n, trialSpentMicroGbp: 4n }),
    allow,
  ],
  [
    "a trial at its cap degrades with credits left",
    facts({ state: "trial", balance: 9n, trialCapMicroGbp: 5n, trialSpentMicroGbp: 5n }),
    capped,
  ],
  ["a cap of 0 is no cap", facts({ state: "trial", balance: 0n, trialSpentMicroGbp: 99n }), allow],
  [
    "a paid organisation is never degraded by what it spent on trial",
    facts({ trialCapMicroGbp: 5n, trialSpentMicroGbp: 9n }),
    allow,
  ],
  ["a balance above 0 allows", facts({ balance: 1n }), allow],
  ["a balance of 0 degrades", facts({ balance: 0n }), exhausted],
  ["an overdraft degrades", facts({ balance: -1n }), exhausted],
  ["past_due is gated like paid", facts({ state: "past_due", balance: 1n }), allow],
  ["canceled serves until used", facts({ state: "canceled", balance: 1n }), allow],
  ["canceled and used degrades", facts({ state: "canceled", balance: 0n }), exhausted],
  ["grandfathered is gated like paid", facts({ state: "grandfathered", balance: 0n }), exhausted],
])("%s", (_, given, decision) => {
  expect(decideGate(given)).toEqual(decision);
});

it("there are two reasons to degrade", () => {
  expect(["credit-exhaustion", "trial-cap", "latency", undefined].map(isDegradationReason)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
