import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/get-access";
import { standingOf, stepFor } from "./access";

const access = (acting: Access["acting"], ...orgIds: string[]): Access => ({
  acting,
  garages: orgIds.map((orgId) => ({ orgId, name: orgId })),
});
const shown = { orgId: "shown", role: "advisor" };

test.each([
  ["nothing has changed", access(shown as Access["acting"], "shown", "other"), "current"],
  ["another role", access({ orgId: "shown", role: "technician" }, "shown"), "role-changed"],
  [
    "another garage chosen in another tab",
    access({ orgId: "other", role: "owner" }, "shown", "other"),
    "elsewhere",
  ],
  ["removed, with another garage left", access({ orgId: "other", role: "owner" }, "other"), "left"],
  ["removed, with no garage left", access(null), "left"],
])("a page whose access has changed knows where it stands: %s", (_, now, kind) => {
  expect(standingOf(shown, now).kind).toBe(kind);
});

const made = [{ orgId: "shown", name: "shown" }];
const acting = (orgId: string, role: string) => ({ orgId, role }) as Access["acting"];

test.each([
  ["nothing has changed", access(acting("shown", "advisor"), "shown"), false, "stay"],
  ["they joined another garage too", access(acting("shown", "advisor"), "shown", "other"), false, "refresh"],
  ["their garage was chosen again", access(acting("shown", "advisor"), "shown"), true, "refresh"],
  ["another role here", access(acting("shown", "technician"), "shown"), false, "reload"],
  ["joined and went on there", access(acting("other", "advisor"), "shown", "other"), false, "choose"],
  ["and a page of it is held back", access(acting("other", "advisor"), "shown", "other"), true, "choose"],
  ["removed", access(acting("other", "owner"), "other"), false, "leave"],
  ["removed from the last", access(null), false, "no-garage"],
] as const)("a page is rendered again for its own garage alone: %s", (_, now, isHeldBack, step) => {
  expect(stepFor(standingOf(shown, now), { garages: made, isHeldBack })).toBe(step);
});
