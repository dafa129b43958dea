// A PostgreSQL for one run: its own directory and port, removed afterwards. What killed runs left behind
// is swept by the next one.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { forgetLibpq } from "../environment.mjs";
import { endProcess, findByRun, identify, isSameProcess, RUN_MARK } from "../processes.mjs";
import { serverLocation } from "./location.mjs";
import { findServer, startServer, stopServer } from "./server.mjs";

const FORGETFUL = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", jit: "off" };
const YOUNG_MS = 60_000;

const MEMORY = "/dev/shm";
const TMPFS = 0x01021994;
const ENOUGH_BYTES = 4 * 1024 ** 3;

/** A folder in memory for this user's runs, where there is room: a disk makes the thousand files of each database slowly. */
const inMemory = () => path.join(MEMORY, `torqueflow-${process.getuid?.()}`);

function hasRoomInMemory() {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY);
    return type === TMPFS && bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false; // a system without it
  }
}

function isAbandoned(dir) {
  const file = path.join(dir, "run.json");
  if (existsSync(file)) return !isSameProcess(JSON.parse(readFileSync(file, "utf8")));
  return Date.now() - statSync(dir).mtimeMs > YOUNG_MS; // killed between mkdir and the record
}

/** Stops and removes the throw-away servers whose run is gone. */
export async function sweepThrowaways() {
  await Promise.all([path.join(serverLocation().home, "throwaway"), inMemory()].map(sweepIn));
}

async function sweepIn(parent) {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const dir = path.join(parent, name);
    try {
      if (!isAbandoned(dir)) continue;
      await Promise.all(findByRun(name).map((record) => endProcess(record)));
      const cluster = path.join(dir, "postgres");
      const server = await findServer(cluster);
      if (server) await stopServer(cluster, server);
      rmSync(dir, { recursive: true, force: true });
    } catch {} // another run sweeps it at this moment
  }
}

/**
 * @param {{ durable?: boolean, settings?: Record<string, string>, socketDir?: string, say?: (text: string) => void }} options
 */
export async function startThrowaway({ durable = false, settings = {}, socketDir, say } = {}) {
  forgetLibpq();
  const location = serverLocation(say);
  await sweepThrowaways();
  const name = `${process.pid}-${Date.now().toString(36)}`;
  process.env[RUN_MARK] = name; // inherited by every process of this run
  const parent = !durable && hasRoomInMemory() ? inMemory() : path.join(location.home, "throwaway");
  const dir = path.join(parent, name);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  writeFileSync(path.join(dir, "run.json"), JSON.stringify(identify(process.pid)));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  const server = await startServer(location, {
    dir: path.join(dir, "postgres"),
    sync: durable,
    settings: { ...(durable ? {} : FORGETFUL), ...settings },
    socketDir,
    say,
  }).catch((error) => {
    remove();
    throw error;
  });
  const stop = async () => {
    await server.stop();
    remove();
  };
  return { ...server, stop };
}
