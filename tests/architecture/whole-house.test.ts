import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { BROKEN_WHOLE, filesOf } from "./broken-house";
import { lostPaths, readDocuments } from "./docs-rule";
import { buildHouse, ROOT, readHouse } from "./house";
import { SOUND } from "./sound-house";
import { tablesOfTwoRooms, tablesWritten } from "./table-rule";

/** What no file shows by itself: a promise, and what a whole house does against it. */
const RULES: readonly (readonly [name: string, promise: string, offences: (root: string) => string[]])[] = [
  ["one-writer-a-table", "each table is written by one room", (root) => tablesOfTwoRooms(readHouse(root))],
  [
    "named-paths-exist",
    "every path that a document or a comment names is there",
    (root) =>
      lostPaths(root, [
        ...readDocuments(root),
        ...readHouse(root).filter(({ path }) => !path.startsWith("tests/architecture/")),
      ]),
  ],
];

test.each(RULES)("%s: %s", (_, __, offences) => {
  expect(offences(ROOT)).toEqual([]);
});

test("the tables and documents are read", () => {
  expect(tablesWritten(readHouse(ROOT))).toBeGreaterThan(20);
  expect(readDocuments(ROOT).map(({ path }) => path)).toEqual(
    expect.arrayContaining(["README.md", "docs/architecture.md", "tests/sandbox/README.md"]),
  );
});

describe("the rules bite", () => {
  const broken = buildHouse({ ...SOUND, ...filesOf(BROKEN_WHOLE) });
  const sound = buildHouse(SOUND);
  afterAll(() => {
    for (const root of [broken, sound]) rmSync(root, { recursive: true, force: true });
  });

  test.each(RULES)("%s finds each fault, and no other", (name, _, offences) => {
    const at = offences(broken).map((offence) => offence.split(":")[0]);
    expect([...new Set(at)].sort()).toEqual(Object.keys(BROKEN_WHOLE[name] ?? {}).sort());
    expect(offences(sound)).toEqual([]);
  });
});
