// The throw-away PostgreSQL of the benchmarks: as durable as a real one, migrated, gone afterwards.
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { databaseEnvironment, loadTestEnvironment } from "./environment.mjs";

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

/** pgbench reads the PG* variables; the application's own code reads DATABASE_URL. Both go through the same socket. */
function benchEnvironment(url, port, socketDir) {
  const socketUrl = new URL(url);
  socketUrl.searchParams.set("host", socketDir);
  return {
    ...loadTestEnvironment(),
    ...databaseEnvironment(socketUrl.href),
    NODE_ENV: "production",
    BENCH_PG_SOCKET_DIR: socketDir,
    BENCH_PG_PORT: String(port),
    PGUSER: url.username,
    PGPASSWORD: url.password,
    PGDATABASE: url.pathname.slice(1),
  };
}

/** Gives `work` the environment of a benchmark on a migrated database of its own, and removes that in any case. */
export async function withDurablePostgres(log, work) {
  const { serverLocation } = await import("./postgres/location.mjs");
  const { startThrowaway } = await import("./postgres/throwaway.mjs");
  const { migrateDatabase } = await import("./migrate.mjs");
  const socketDir = makeSocketDir(serverLocation(log.say).account);
  try {
    const start = () => startThrowaway({ durable: true, settings: DURABLE, socketDir, say: log.say });
    const server = await log.step("Starting a durable PostgreSQL", start);
    try {
      const url = new URL(server.url);
      url.pathname = "/bench";
      await log.step("Migrating it", () => migrateDatabase(url.href));
      return await work(benchEnvironment(url, server.port, socketDir));
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(socketDir, { recursive: true, force: true });
  }
}
