import { expect, test } from "vitest";
import { startFrom } from "./interaction";

const AT = new Date("2026-11-21T10:00:00Z");
const ALLOW = { kind: "allow", billable: true, failOpen: false } as const;
const FULL = { mode: "full", level: 0, reason: null, isFallback: false, failOpen: false, startedAt: AT };

test("what the gate allows starts in full, on the ladder's level, and bills", () => {
  expect(startFrom(ALLOW, AT)).toEqual({ ...FULL, billable: true });
  expect(startFrom(ALLOW, AT, { level: 2 })).toEqual({ ...FULL, level: 2, billable: true });
});

test("a demo organisation and a test never bill; a check that failed is kept", () => {
  expect(startFrom({ ...ALLOW, billable: false }, AT)).toEqual({ ...FULL, billable: false });
  expect(startFrom(ALLOW, AT, { test: true })).toEqual({ ...FULL, billable: false });
  expect(startFrom({ ...ALLOW, failOpen: true }, AT)).toEqual({ ...FULL, billable: true, failOpen: true });
});

test("what credits refuse starts at level 3 whatever the ladder says, free, with its reason", () => {
  expect(startFrom({ kind: "degrade", reason: "trial-cap" }, AT, { level: 1 })).toEqual({
    ...FULL,
    mode: "degraded",
    level: 3,
    reason: "trial-cap",
    billable: false,
  });
});
