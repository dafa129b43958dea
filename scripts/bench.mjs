// `npm run bench`: the benchmarks, on a throw-away PostgreSQL that is as durable as a real one.
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { databaseEnvironment, loadTestEnvironment } from "./lib/environment.mjs";
import { createLog, runMain } from "./lib/log.mjs";
import { endRunning, run, tools } from "./lib/run.mjs";

const log = createLog();
/** Every commit on the disk; memory and checkpoints as on a database server of a small production. */
const DURABLE = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "200",
  shared_buffers: "1GB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
};

/** A socket's path has little room (about 100 bytes), so it lives in the system's temporary directory. */
function makeSocketDir({ uid, gid }) {
  const dir = mkdtempSync(path.join(os.tmpdir(), "tf-"));
  chmodSync(dir, 0o755);
  if (uid !== undefined) chownSync(dir, uid, gid);
  return dir;
}

async function startDurable(socketDir) {
  const { startThrowaway } = await import("./lib/postgres/throwaway.mjs");
  const { migrateDatabase } = await import("./lib/migrate.mjs");
  const start = () => startThrowaway({ durable: true, settings: DURABLE, socketDir, say: log.say });
  const server = await log.step("Starting a durable PostgreSQL", start);
  const url = new URL(server.url);
  url.pathname = "/bench";
  try {
    await log.step("Migrating it", () => migrateDatabase(url.href));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, url };
}

/** pgbench reads the PG* variables; the application's own code reads DATABASE_URL. Both go through the same socket. */
function benchEnvironment({ server, url }, socketDir) {
  const socketUrl = new URL(url);
  socketUrl.searchParams.set("host", socketDir);
  return {
    ...loadTestEnvironment(),
    ...databaseEnvironment(socketUrl.href),
    NODE_ENV: "production",
    BENCH_PG_SOCKET_DIR: socketDir,
    BENCH_PG_PORT: String(server.port),
    PGUSER: url.username,
    PGPASSWORD: url.password,
    PGDATABASE: "bench",
  };
}

await runMain(async () => {
  process.on("SIGINT", endRunning);
  process.on("SIGTERM", endRunning);
  await ensureDependencies(log);
  const { serverLocation } = await import("./lib/postgres/location.mjs");
  const socketDir = makeSocketDir(serverLocation(log.say).account);
  try {
    const bench = await startDurable(socketDir);
    try {
      const args = [...tools.tsx("tests/bench/run.ts"), ...process.argv.slice(2)];
      return (await run(args, { env: benchEnvironment(bench, socketDir), inherit: true })).code;
    } finally {
      await bench.server.stop();
    }
  } finally {
    rmSync(socketDir, { recursive: true, force: true });
  }
});
