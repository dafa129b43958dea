import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/get-access";
import { standingOf } from "./access";

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
