// `npm run catalog`: writes prisma/catalog.sql from the migrations, on a throw-away database.
import { writeFileSync } from "node:fs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { fromRoot } from "./lib/environment.mjs";
import { createLog, runMain } from "./lib/log.mjs";

const log = createLog();

async function writeCatalog(url) {
  const { default: pg } = await import("pg");
  const { tsImport } = await import("tsx/esm/api");
  const { dumpCatalog } = await tsImport("../tests/support/catalog.ts", import.meta.url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    writeFileSync(fromRoot("prisma", "catalog.sql"), await dumpCatalog(client));
  } finally {
    await client.end();
  }
}

await runMain(async () => {
  await ensureDependencies(log);
  const { startThrowaway } = await import("./lib/postgres/throwaway.mjs");
  const { migrateDatabase } = await import("./lib/migrate.mjs");
  const server = await startThrowaway({ say: log.say });
  try {
    await log.step("Migrating a throw-away database", () => migrateDatabase(server.url));
    await writeCatalog(server.url);
    log.say("prisma/catalog.sql is written.");
  } finally {
    await server.stop();
  }
});
