// Paths of the repository, and the environment which the demo, the tests and the commands hand on.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
export const dataDir = path.join(root, ".data");
export const fromRoot = (...parts) => path.join(root, ...parts);

const QUIET_TOOLS = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};

/**
 * Every PostgreSQL client reads the PG* variables (PGSSLMODE, PGOPTIONS, PGHOST and so on). They were set for another project's
 * database: a server that we start ourselves is reached by its address alone. Children inherit that.
 */
export function forgetLibpq() {
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]/.test(name)) delete process.env[name];
}

function readEnvFile(name) {
  const file = fromRoot(name);
  return existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
}

/**
 * `.env.example` as defaults, then `.env`, then the real environment. `chosen` holds only what somebody
 * chose (the last two), so that an example value is never taken for a decision.
 */
export function loadEnvironment() {
  const file = readEnvFile(".env");
  if (!process.env.DATABASE_URL && !file.DATABASE_URL) forgetLibpq();
  const chosen = { ...file, ...process.env };
  const env = { ...readEnvFile(".env.example"), ...chosen, ...QUIET_TOOLS };
  env.TORQUEFLOW_DEMO = chosen.TORQUEFLOW_DEMO || "1";
  return { env, chosen };
}

/**
 * The tests' environment is closed: the names of `.env.example` take its values, whatever this machine
 * sets, so that no test ever reaches a real provider or somebody's database.
 */
export function loadTestEnvironment() {
  forgetLibpq();
  const { DATABASE_URL, DIRECT_URL, ...rest } = process.env;
  return { ...rest, ...testDefaults() };
}

/** @returns {Record<string, string>} */
export function testDefaults() {
  const unreachable = "postgresql://nobody:nobody@127.0.0.1:1/none";
  return {
    ...readEnvFile(".env.example"),
    ...QUIET_TOOLS,
    TORQUEFLOW_DEMO: "1",
    DATABASE_URL: unreachable,
    DIRECT_URL: unreachable,
    MEDIA_DIR: fromRoot(".data/test-media"),
  };
}

/** The variables by which the application finds its database. */
export const databaseEnvironment = (url) => ({ DATABASE_URL: url, DIRECT_URL: url });
