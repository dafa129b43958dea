// `npm run migrate`: brings the database of DIRECT_URL or DATABASE_URL up to date, the application's tables and the job queue's.
import { loadEnvironment } from "./lib/environment.mjs";
import { Advice, createLog, runMain } from "./lib/log.mjs";
import { migrateDatabase } from "./lib/migrate.mjs";

const log = createLog();

await runMain(async () => {
  const { chosen } = loadEnvironment();
  const url = chosen.DIRECT_URL || chosen.DATABASE_URL;
  if (!url)
    throw new Advice("Set DATABASE_URL (and DIRECT_URL behind a pooler), in the environment or in .env.");
  const { host, pathname } = new URL(url);
  await log.step(`Migrating ${host}${pathname}`, () => migrateDatabase(url));
  log.say("The database is up to date.");
});
