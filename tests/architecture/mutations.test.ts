import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "tests/mutations");

/** What each hunk of a patch expects to find in its file: the lines that it keeps and those that it takes out. */
function expectations(patch: string): { readonly file: string; readonly text: string }[] {
  return patch
    .split(/^diff --git /m)
    .slice(1)
    .flatMap((part) => {
      const file = /^--- a\/(\S+)$/m.exec(part)?.[1] ?? "";
      return part
        .split(/^@@ .*\n/m)
        .slice(1)
        .map((hunk) => ({ file, text: hunk.replace(/^\+.*\n/gm, "").replace(/^[ -]/gm, "") }));
    });
}

it.each(readdirSync(folder))("%s fits the code as it is, and names tests that exist", (name) => {
  const patch = readFileSync(path.join(folder, name), "utf8");
  const hunks = expectations(patch);
  expect(hunks).not.toEqual([]);
  for (const { file, text } of hunks) expect(readFileSync(path.join(root, file), "utf8")).toContain(text);
  const tests = [...patch.matchAll(/^tests: (.+)$/gm)].flatMap(([, names = ""]) => names.trim().split(/\s+/));
  expect(tests).not.toEqual([]);
  for (const test of tests) expect(readFileSync(path.join(root, test), "utf8")).not.toBe("");
});
