import { rmSync } from "node:fs";
import { createOptions, createSession } from "knip/session";
import { afterAll, describe, expect, test } from "vitest";
import { buildHouse, ROOT } from "./house";

type Kind = "files" | "exports" | "dependencies" | "others" | "settings";

const KINDS: Readonly<Record<string, Kind>> = {
  files: "files",
  exports: "exports",
  types: "exports",
  duplicates: "exports",
  enumMembers: "exports",
  namespaceMembers: "exports",
  dependencies: "dependencies",
  devDependencies: "dependencies",
};

/** What knip finds unused in a house, by kind; `settings` are lines of knip.json that do nothing. */
async function findUnused(cwd: string): Promise<Record<Kind, string[]>> {
  const session = await createSession(await createOptions({ cwd, isSession: true }));
  const { issues, configurationHints } = session.getResults();
  const found: Record<Kind, string[]> = {
    files: [],
    exports: [],
    dependencies: [],
    others: [],
    settings: [],
  };
  for (const [type, byFile] of Object.entries(issues)) {
    for (const { filePath, symbol, line } of Object.values(byFile).flatMap((some) => Object.values(some))) {
      const where = `${filePath.replace(`${cwd}/`, "")}${line === undefined ? "" : `:${line}`}`;
      found[KINDS[type] ?? "others"].push(type === "files" ? where : `${where} ${symbol}`);
    }
  }
  found.settings.push(...configurationHints.map(({ type, identifier }) => `${type} ${String(identifier)}`));
  for (const list of Object.values(found)) list.sort();
  return found;
}

const unused = await findUnused(ROOT);

test.each<[string, Kind]>([
  ["every file is reached from a page, a route, a process, a command or a test", "files"],
  ["every export is imported somewhere", "exports"],
  ["every dependency is used", "dependencies"],
  ["nothing is used that package.json does not name, and every import is found", "others"],
  ["knip.json says nothing that it need not", "settings"],
])("%s", (_, kind) => {
  expect(unused[kind]).toEqual([]);
});

describe("dead code is found", () => {
  const root = buildHouse({
    "package.json": JSON.stringify({ name: "house", type: "module", dependencies: { zod: "*", pg: "*" } }),
    "knip.json": JSON.stringify({ entry: ["door.ts", "gate/*.ts"], project: ["**/*.ts"] }),
    "door.ts": `import { used } from "./room"; import { z } from "zod"; import pino from "pino"; used(z, pino);`,
    "room.ts": "export const used = console.log; export const idle = 1;",
    "attic.ts": "export const forgotten = 1;",
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("as a file, an export, a dependency, one missing from package.json, and an idle setting", async () => {
    expect(await findUnused(root)).toEqual({
      files: ["attic.ts"],
      exports: ["room.ts:1 idle"],
      dependencies: [expect.stringMatching(/^package\.json(:1)? pg$/)],
      others: [expect.stringMatching(/^door\.ts(:1)? pino$/)],
      settings: ["entry-empty gate/*.ts"],
    });
  });
});
