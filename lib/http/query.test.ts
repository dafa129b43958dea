import { expect, test } from "vitest";
import { limitOf } from "./query";

test.each([
  ["?limit=20", 20],
  ["", 50],
  ["?limit=", 50],
  ["?limit=0x10", 50],
  ["?limit=1e1", 50],
  ["?limit=-3", 50],
  ["?limit=2.5", 50],
  ["?limit=%2020", 50],
])("a list that is asked for with %j has at most %i entries", (search, most) => {
  expect(limitOf(new Request(`http://garage.test/${search}`), 50)).toBe(most);
});
