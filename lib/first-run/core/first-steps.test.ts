import { expect, test } from "vitest";
import { type FirstRunFacts, firstSteps } from "./first-steps";

const NONE: FirstRunFacts = {
  ...{
    hasPhone: false,
    hasHours: false,
    hasPersona: false,
    line: "connected",
    hasCalled: false,
    hasTeam: false,
  },
};
const missing = (facts: Partial<FirstRunFacts>) =>
  Object.fromEntries(firstSteps({ ...NONE, ...facts }).map((step) => [step.key, step.missing]));

test("what is missing is named for each step, and nothing once it is there", () => {
  expect(missing({})).toEqual({
    garage: ["telephone number", "opening hours"],
    persona: ["your check of the suggested greeting and voice"],
    "test-call": ["a test call"],
    team: ["an invitation"],
  });
  expect(missing({ hasPhone: true }).garage).toEqual(["opening hours"]);
  expect(missing({ hasHours: true }).garage).toEqual(["telephone number"]);
  const all = {
    hasPhone: true,
    hasHours: true,
    hasPersona: true,
    hasCalled: true,
    hasTeam: true,
  };
  expect(missing(all)).toEqual({ garage: [], persona: [], "test-call": [], team: [] });
});

test("a test call needs a number that support assigns and an owner connects, unless a call was heard before", () => {
  const stepOf = (facts: Partial<FirstRunFacts>) =>
    firstSteps({ ...NONE, ...facts }).find(({ key }) => key === "test-call");
  expect(stepOf({ line: "none" })).toMatchObject({ missing: ["a phone line"], first: "assign-line" });
  expect(stepOf({ line: "assigned" })).toMatchObject({
    missing: ["a connected phone line"],
    first: "connect-line",
  });
  expect(stepOf({ line: "connected" })).toMatchObject({ missing: ["a test call"], first: null });
  for (const line of ["none", "assigned"] as const)
    expect(stepOf({ line, hasCalled: true })).toMatchObject({ missing: [], first: null });
});
