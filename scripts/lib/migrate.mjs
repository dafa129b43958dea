// Brings a database up to date: the application's migrations, then the job queue's own.
import { readFileSync } from "node:fs";
import { Logger, runMigrations } from "graphile-worker";
import { databaseEnvironment, fromRoot } from "./environment.mjs";
import { Advice } from "./log.mjs";
import { run, runOrExplain, tools } from "./run.mjs";

const QUIET = { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
const silent = new Logger(() => () => {});

export const prisma = (args, url) =>
  run([...tools.prisma(), ...args], {
    env: { ...process.env, ...(url ? databaseEnvironment(url) : {}), ...QUIET },
  });

/** The migration which a failed `migrate deploy` names, now or as failed earlier; null when it is another fault. */
const failedMigration = (output) =>
  /migration_name="([^"]+)"|Migration name: (\S+)|The `([^`]+)` migration started at/
    .exec(output)
    ?.slice(1)
    .find(Boolean) ?? null;

const forget = (name, url) => prisma(["migrate", "resolve", "--rolled-back", name], url);

const sqlOf = (name) => readFileSync(fromRoot("prisma/migrations", name, "migration.sql"), "utf8");

/** What a failed migration left in the database. An index that is built CONCURRENTLY is no part of a transaction. */
export function leftBy(name, sql) {
  const [, index] = /^(?:CREATE|DROP)\b.*\bINDEX CONCURRENTLY (?:IF (?:NOT )?EXISTS )?(\w+)/m.exec(sql) ?? [];
  return index === undefined
    ? `Nothing of ${name} was applied: a migration runs in one transaction.`
    : `${name} runs in no transaction: the index ${index} may be left, and be invalid. Drop it if it is (\\d shows that).`;
}

function explain({ output }, name, recover) {
  const advice = recover
    ? "Correct its file and start again."
    : `Correct its file, run: npx prisma migrate resolve --rolled-back ${name}\nand start again.`;
  const undone = name ? `\n${leftBy(name, sqlOf(name))} ${advice}` : "";
  const libpq = Object.keys(process.env).filter((variable) => /^PG[A-Z]/.test(variable));
  const heard =
    libpq.length > 0 ? `\nSet in your shell, and heard by every PostgreSQL client: ${libpq.join(", ")}` : "";
  return new Advice(`Migrating the database failed.\n${output.trim()}\n${undone}${heard}`);
}

/**
 * `recover` is for databases of our own. Prisma refuses to go on after a failed or killed migration until it
 * is recorded as undone; it was undone, as each runs in one transaction, so that is recorded for it.
 */
export async function migrateDatabase(url, { recover = false } = {}) {
  const deploy = () => prisma(["migrate", "deploy"], url);
  let result = await deploy();
  if (recover && result.output.includes("P3009")) {
    await forget(failedMigration(result.output), url);
    result = await deploy();
  }
  if (result.code !== 0) {
    const name = failedMigration(result.output);
    if (name && recover) await forget(name, url);
    throw explain(result, name, recover);
  }
  await runMigrations({ connectionString: url, logger: silent });
}

/** `names`: of "whatsapp" and "stripe" those that run here. */
export const seedProviders = (env, names) =>
  runOrExplain(
    "Telling the local providers of the demo's data",
    [...tools.tsx("prisma/seed/run-providers.ts"), ...names],
    { env },
  );

export const seedDatabase = (env) =>
  runOrExplain("Seeding the database", tools.tsx("prisma/seed/run.ts"), { env });
