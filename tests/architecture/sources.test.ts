import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BROKEN_SOURCES, filesOf } from "./broken-house";
import { buildHouse, ROOT, readHouse, type SourceFile } from "./house";
import { SOUND } from "./sound-house";
import { offencesIn, SOURCE_RULES } from "./source-rules";
import { SQL_RULES } from "./sql-rules";
import { STATE_RULES } from "./state-rules";

const RULES = [...SOURCE_RULES, ...SQL_RULES, ...STATE_RULES];

function readBuilt(files: Readonly<Record<string, string>>): SourceFile[] {
  const root = buildHouse(files);
  try {
    return readHouse(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe("the house", () => {
  const house = readHouse(ROOT);

  test("is read whole", () => {
    expect(house.length).toBeGreaterThan(100);
    for (const known of ["app/layout.tsx", "lib/shared/env.ts", "scripts/test.mjs", "instrumentation.ts"])
      expect(house.map(({ path }) => path)).toContain(known);
  });

  test.each(RULES.map((rule) => [rule.promise, rule] as const))("%s", (_, rule) => {
    expect(offencesIn(rule, house)).toEqual([]);
  });
});

describe("the rules bite", () => {
  const broken = readBuilt({ ...SOUND, ...filesOf(BROKEN_SOURCES) });
  const sound = readBuilt(SOUND);

  test.each(RULES.map((rule) => [rule.name, rule] as const))(
    "%s finds each fault, and no other",
    (_, rule) => {
      const at = offencesIn(rule, broken).map((offence) => offence.split(/[: ]/)[0]);
      expect([...new Set(at)].sort()).toEqual(Object.keys(BROKEN_SOURCES[rule.name] ?? {}).sort());
    },
  );

  test("a house without a fault has none", () => {
    expect(RULES.flatMap((rule) => offencesIn(rule, sound))).toEqual([]);
  });
});
