import { expect, test } from "vitest";
import { WHY } from "./why-dead";

test("a used link is told truthfully whether the other one has been used or not", () => {
  const [, words] = WHY.used;
  expect(words).toContain("has been used too, your address has changed");
  expect(words).toContain("if not, it changes with that one");
  expect(words).toContain("My account shows the address");
});
