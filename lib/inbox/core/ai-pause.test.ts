import { expect, it } from "vitest";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { type AiPause, aiPause, isWithPeople, type WithPeople } from "./ai-pause";
import { attentionNow } from "./attention";

const now = new Date("2026-11-21T10:00:00Z");
const later = new Date("2026-11-21T10:00:00.001Z");
const allowed: GateDecision = { kind: "allow", billable: true, failOpen: false };
const exhausted: GateDecision = { kind: "degrade", reason: "credit-exhaustion" };
const capped: GateDecision = { kind: "degrade", reason: "trial-cap" };
const free: WithPeople = { heldBy: null, aiPausedUntil: null };
const heldBy = "0198e1a0-0000-7000-8000-000000000001";

it.each<[string, WithPeople, GateDecision, AiPause, boolean]>([
  ["nobody has it and there are credits", free, allowed, { ...free, reason: null }, false],
  ["a person holds it", { ...free, heldBy }, allowed, { ...free, heldBy, reason: null }, true],
  [
    "the garage wrote from its phone",
    { ...free, aiPausedUntil: later },
    allowed,
    { ...free, aiPausedUntil: later, reason: null },
    true,
  ],
  ["that is half an hour ago", { ...free, aiPausedUntil: now }, allowed, { ...free, reason: null }, false],
  ["without credits", free, exhausted, { ...free, reason: "credit-exhaustion" }, false],
  ["at the trial's cap", free, capped, { ...free, reason: "trial-cap" }, false],
  [
    "held and without credits: both are told",
    { ...free, heldBy },
    exhausted,
    { ...free, heldBy, reason: "credit-exhaustion" },
    true,
  ],
  [
    "held, written to from the phone, and at the cap: all of it",
    { heldBy, aiPausedUntil: later },
    capped,
    { heldBy, aiPausedUntil: later, reason: "trial-cap" },
    true,
  ],
])("%s", (_, people, gate, pause, withPeople) => {
  expect(aiPause(people, gate, now)).toEqual(pause);
  expect(isWithPeople(people, now)).toBe(withPeople);
});

it.each([
  ["credit-exhaustion", "credit-exhaustion", "credit-exhaustion"],
  ["credit-exhaustion", null, "no-automatic-answer"],
  ["trial-cap", "credit-exhaustion", "credit-exhaustion"],
  ["ai-unsure", "credit-exhaustion", "ai-unsure"],
  [null, "credit-exhaustion", null],
] as const)("what waits because of %s is told, while the gate says %s, as %s", (stored, present, told) => {
  expect(attentionNow(stored, present)).toBe(told);
});
