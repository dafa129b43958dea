import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { registry } from "./metrics";

test("every metric that operators are told to watch exists, in the registry that application and worker both show", () => {
  const told = readFileSync("docs/operations.md", "utf8").matchAll(/\btorqueflow_\w+/g);
  const names = new Set([...told].map(([name]) => name.replace(/_count$/, "")));
  const known = registry()
    .getMetricsAsArray()
    .map(({ name }) => name);
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !known.includes(name))).toEqual([]);
});
