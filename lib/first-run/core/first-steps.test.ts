import { expect, test } from "vitest";
import { type FirstRunFacts, firstSteps } from "./first-steps";

const NONE: FirstRunFacts = {
  ...{ hasPhone: false, hasHours: false, hasPersona: false, hasLine: true, hasCalled: false, hasTeam: false },
};
const missing = (facts: Partial<FirstRunFacts>) =>
  Object.fromEntries(firstSteps({ ...NONE, ...facts }).map((step) => [step.key, step.missing]));

test("what is missing is named for each step, and nothing once it is there", () => {
  expect(missing({})).toEqual({
    garage: ["telephone number", "opening hours"],
    persona: ["greeting and voice"],
    "test-call": ["a test call"],
    team: ["an invitation"],
  });
  expect(missing({ hasPhone: true }).garage).toEqual(["opening hours"]);
  expect(missing({ hasHours: true }).garage).toEqual(["telephone number"]);
  const all = {
    hasPhone: true,
    hasHours: true,
    hasPersona: true,
    hasLine: true,
    hasCalled: true,
    hasTeam: true,
  };
  expect(missing(all)).toEqual({ garage: [], persona: [], "test-call": [], team: [] });
});

test("without a phone line a test call is support’s to make possible, unless a call was heard before", () => {
  const stepOf = (facts: Partial<FirstRunFacts>) =>
    firstSteps({ ...NONE, ...facts }).find(({ key }) => key === "test-call");
  expect(stepOf({ hasLine: false })).toMatchObject({ missing: ["a phone line"], needsSupport: true });
  expect(stepOf({ hasLine: true })).toMatchObject({ missing: ["a test call"], needsSupport: false });
  expect(stepOf({ hasLine: false, hasCalled: true })).toMatchObject({ missing: [], needsSupport: false });
});
