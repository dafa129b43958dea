import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const IMPORTS = /^(?:import|export)\b[^;]*?\bfrom "([^"]+)"|^import "([^"]+)"/gm;

/** The packages that a script and what it imports need before their first line runs. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return [...readFileSync(file, "utf8").matchAll(IMPORTS)].flatMap(([, from, alone]) => {
    const name = from ?? alone ?? "";
    if (name.startsWith(".")) return packagesOf(path.join(path.dirname(file), name), seen);
    return name.startsWith("node:") ? [] : [`${file}: ${name}`];
  });
}

test.each(["demo", "test", "verify", "bench", "bench-web", "credits", "build", "screenshots"])(
  "npm run %s needs no earlier npm install: what it starts with imports no package",
  (command) => {
    expect(packagesOf(`scripts/${command}.mjs`)).toEqual([]);
  },
);
