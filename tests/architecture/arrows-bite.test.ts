import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { BROKEN_ARROWS, filesOf } from "./broken-house";
import { cruiseHouse, offencesOf } from "./graph";
import { buildHouse } from "./house";
import { SOUND } from "./sound-house";

// A file of its own: dependency-cruiser keeps the first house's way of finding modules for the whole process.
const root = buildHouse({ ...SOUND, ...filesOf(BROKEN_ARROWS) });
afterAll(() => rmSync(root, { recursive: true, force: true }));
const broken = await cruiseHouse(root);

test.each(broken.arrows.map(({ name }) => name))("%s finds each wrong import, and no other", (name) => {
  const blamed = offencesOf(broken, name).flatMap((offence) => {
    const [from = "", ...others] = offence.split(" -> ");
    return name === "no-circles" ? [from, ...others] : [from];
  });
  expect([...new Set(blamed)].sort()).toEqual(Object.keys(BROKEN_ARROWS[name] ?? {}).sort());
});

test("no rule is left without a house that breaks it", () => {
  expect(broken.arrows.map(({ name }) => name).sort()).toEqual(Object.keys(BROKEN_ARROWS).sort());
});
