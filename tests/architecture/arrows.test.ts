import { expect, test } from "vitest";
import { cruiseHouse, offencesOf } from "./graph";
import { ROOT, readHouse } from "./house";

// Read before the tests are named: each arrow is one of them.
const house = await cruiseHouse(ROOT);

test("the house is read whole: more than 50 modules, and every code file of app, components and lib", () => {
  expect(house.modules.length).toBeGreaterThan(50);
  const code = readHouse(ROOT).filter(({ path, tree }) => tree && /^(app|components|lib)\//.test(path));
  expect(code.map(({ path }) => path).filter((path) => !house.modules.includes(path))).toEqual([]);
});

test.each(house.arrows.map(({ name, comment }) => [comment, name]))("%s", (_, name) => {
  expect(offencesOf(house, name)).toEqual([]);
});
