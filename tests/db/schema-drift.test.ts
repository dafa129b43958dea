import { readdirSync, readFileSync } from "node:fs";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "@/scripts/lib/migrate.mjs";
import { dumpCatalog, functionDefinitions } from "@/tests/support/catalog";
import { createEmptyDatabase } from "@/tests/support/database";

const client = new Client({ connectionString: process.env.DATABASE_URL });
beforeAll(() => client.connect());
afterAll(() => client.end());

const FUNCTIONS = "prisma/functions";

test("the migrations make exactly what the Prisma schema says", async () => {
  const { url } = await createEmptyDatabase();
  const paths = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema"];
  const { code, output } = await prisma(["migrate", "diff", ...paths, "--exit-code"], url);
  expect(code, `Schema and migrations differ: add a migration.\n${output}`).toBe(0);
});

test("functions, triggers, constraints and indexes are those of prisma/catalog.sql", async () => {
  const advice = "The catalog changed. If that is meant: `npm run catalog`, and commit prisma/catalog.sql.";
  expect(await dumpCatalog(client), advice).toBe(readFileSync("prisma/catalog.sql", "utf8"));
});

test("each function of the database is the one its file in prisma/functions makes", async () => {
  const migrated = await functionDefinitions(client);
  const files = readdirSync(FUNCTIONS);
  expect(files.sort()).toEqual([...migrated.keys()].map((name) => `${name}.sql`).sort());
  await client.query("BEGIN");
  try {
    // In the order of their names some come before those that they call.
    await client.query("SET LOCAL check_function_bodies = off");
    for (const name of migrated.keys()) await client.query(`DROP FUNCTION ${name} CASCADE`);
    for (const file of files) await client.query(readFileSync(`${FUNCTIONS}/${file}`, "utf8"));
    const advice = "Copy the files that changed into a new migration.";
    expect(Object.fromEntries(await functionDefinitions(client)), advice).toEqual(
      Object.fromEntries(migrated),
    );
  } finally {
    await client.query("ROLLBACK");
  }
});
