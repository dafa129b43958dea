import { expect, test } from "vitest";
import { titleWith } from "./count-text";

test.each([
  ["Billing · Torqueflow", 0, "Billing · Torqueflow"],
  ["Voice Dashboard · Torqueflow", 3, "(3) Voice Dashboard · Torqueflow"],
  ["(3) Voice Dashboard · Torqueflow", 4, "(4) Voice Dashboard · Torqueflow"],
  ["(99+) Billing · Torqueflow", 99, "(99) Billing · Torqueflow"],
  ["(99) Billing · Torqueflow", 1_000, "(99+) Billing · Torqueflow"],
  ["(4) Billing · Torqueflow", 0, "Billing · Torqueflow"],
])("the title %j with %d waiting is %j", (title, count, shown) => {
  expect(titleWith(title, count)).toBe(shown);
});
