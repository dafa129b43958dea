import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { fromRoot } from "@/scripts/lib/environment.mjs";

/** What a command of ours hands on of the variables that every PostgreSQL client reads, in a shell that holds these. */
function handedOn(shell: Record<string, string>): Record<string, string> {
  const module = JSON.stringify(fromRoot("scripts/lib/environment.mjs"));
  const program = `const { loadEnvironment } = await import(${module});
    const { env } = loadEnvironment();
    console.log(JSON.stringify(Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("PG")))));`;
  const { DATABASE_URL: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    env: { ...env, ...shell },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const ANOTHER_PROJECTS = {
  PGSSLMODE: "require",
  PGOPTIONS: "-c search_path=other",
  PGHOST: "db.elsewhere.test",
};

test("a database that we start ourselves is reached whatever the shell holds for another project's", () => {
  expect(handedOn(ANOTHER_PROJECTS)).toEqual({});
});

test("where somebody chose the database, what they set for it counts", () => {
  const chosen = { ...ANOTHER_PROJECTS, DATABASE_URL: "postgresql://db.elsewhere.test/garage" };
  expect(handedOn(chosen)).toEqual(ANOTHER_PROJECTS);
});
