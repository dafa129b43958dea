import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "@/scripts/lib/environment.mjs";
import { leftBy } from "@/scripts/lib/migrate.mjs";

const left = (name: string): string =>
  leftBy(name, readFileSync(fromRoot("prisma/migrations", name, "migration.sql"), "utf8"));

test("of a migration that failed, nothing was applied", () => {
  expect(left("20261125220400_in_step_by_key")).toMatch(
    /^Nothing of 20261125220400_in_step_by_key was applied/,
  );
});

test.each([
  ["20261125220100_entries_by_moment", "ledger_entry_posted"],
  ["20261125220200_causes_but_usage", "ledger_entry_once_per_cause_but_usage"],
])("of %s, which runs in no transaction, an invalid index may be left", (name, index) => {
  expect(left(name)).toContain(`the index ${index} may be left, and be invalid`);
});
