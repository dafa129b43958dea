import { readFileSync } from "node:fs";
import { Client } from "pg";
import { expect, test } from "vitest";
import { prisma } from "@/scripts/lib/migrate.mjs";
import { dumpCatalog } from "@/tests/support/catalog";
import { createEmptyDatabase } from "@/tests/support/database";

test("the migrations make exactly what the Prisma schema says", async () => {
  const { url } = await createEmptyDatabase();
  const paths = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema"];
  const { code, output } = await prisma(["migrate", "diff", ...paths, "--exit-code"], url);
  expect(code, `Schema and migrations differ: add a migration.\n${output}`).toBe(0);
});

test("functions, triggers, constraints and indexes are those of prisma/catalog.sql", async () => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const advice = "The catalog changed. If that is meant: `npm run catalog`, and commit prisma/catalog.sql.";
    expect(await dumpCatalog(client), advice).toBe(readFileSync("prisma/catalog.sql", "utf8"));
  } finally {
    await client.end();
  }
});
