import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier } from "pg";
import { inject } from "vitest";
import { databaseEnvironment, loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { seedDatabase } from "@/scripts/lib/migrate.mjs";
import { isAlive } from "@/scripts/lib/processes.mjs";

export const MIGRATED_TEMPLATE = "template_migrated";
const SEEDED_TEMPLATE = "template_seeded";
const SEEDING_LOCK = 712_001;

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
  }
}

export interface TestDatabase {
  name: string;
  url: string;
}

/** The databases of the present test file. */
const current = new Set<string>();

/** From here on the databases of the process so far are those of earlier files. */
export const forgetDatabases = (): void => current.clear();

function nextName(): string {
  const name = `test_${process.pid}_${randomBytes(6).toString("hex")}`;
  current.add(name);
  return name;
}

export function urlFor(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function withAdmin<T>(serverUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function databaseNames(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<{ datname: string }>("SELECT datname FROM pg_database");
  return rows.map((row) => row.datname);
}

/**
 * The databases of earlier files are dropped by the next clone: those of this process that nobody is connected to any more
 * (PostgreSQL waits five seconds for whoever is, and refuses then), those of a process that is gone in any case.
 */
async function dropAbandoned(admin: Client): Promise<void> {
  const { rows: used } = await admin.query<{ datname: string }>(
    "SELECT DISTINCT datname FROM pg_stat_activity WHERE backend_type = 'client backend'",
  );
  const inUse = new Set(used.map((row) => row.datname));
  for (const name of await databaseNames(admin)) {
    const owner = Number(/^test_(\d+)_/.exec(name)?.[1]);
    if (Number.isNaN(owner) || current.has(name)) continue;
    if (owner === process.pid ? inUse.has(name) : isAlive(owner)) continue;
    const how = owner === process.pid ? "" : "WITH (FORCE)";
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} ${how}`).catch(() => {});
  }
}

/** The demo's data is seeded once a run, by whoever needs it first. */
async function ensureSeededTemplate(serverUrl: string): Promise<void> {
  await withAdmin(serverUrl, async (admin) => {
    await admin.query("SELECT pg_advisory_lock($1)", [SEEDING_LOCK]);
    if ((await databaseNames(admin)).includes(SEEDED_TEMPLATE)) return;
    const draft = `${SEEDED_TEMPLATE}_draft`;
    await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${draft} TEMPLATE ${MIGRATED_TEMPLATE}`);
    await seedDatabase({ ...loadTestEnvironment(), ...databaseEnvironment(urlFor(serverUrl, draft)) });
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${SEEDED_TEMPLATE}`);
  });
}

/** A new database with the schema, or with the demo's data; it does not touch the environment. */
export async function createTestDatabase(
  options: { seeded?: boolean; serverUrl?: string } = {},
): Promise<TestDatabase> {
  const serverUrl = options.serverUrl ?? inject("databaseServer");
  if (options.seeded) await ensureSeededTemplate(serverUrl);
  const template = options.seeded ? SEEDED_TEMPLATE : MIGRATED_TEMPLATE;
  const name = nextName();
  await withAdmin(serverUrl, async (admin) => {
    await dropAbandoned(admin);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return { name, url: urlFor(serverUrl, name) };
}

/** An empty database, without the application's schema. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("databaseServer");
  const name = nextName();
  await withAdmin(serverUrl, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  return { name, url: urlFor(serverUrl, name) };
}

/**
 * Gives the present test file a database of its own and points the application at it. Call it before the
 * application first reads its environment; every file in tests/db has had it called without options.
 */
export async function cloneDatabase(options: { seeded?: boolean } = {}): Promise<TestDatabase> {
  const database = await createTestDatabase(options);
  Object.assign(process.env, databaseEnvironment(database.url));
  return database;
}
