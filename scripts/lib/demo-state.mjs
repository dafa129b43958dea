// What the demo writes down for other commands, and for its successor when it is killed.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataDir } from "./environment.mjs";
import { takeLock } from "./file-lock.mjs";
import { Advice } from "./log.mjs";
import { commandLine, endProcess, findByRun, identify, isSameProcess, RUN_MARK } from "./processes.mjs";

const stateFile = path.join(dataDir, "demo.json");
const lockFile = path.join(dataDir, "demo.lock");

/** @returns {null | { run: string, pid: number, url?: string, databaseUrl?: string, embedded?: boolean, children: { name: string, pid: number, startTime: string }[] }} */
export function readDemoState() {
  try {
    return JSON.parse(readFileSync(stateFile, "utf8"));
  } catch {
    return null;
  }
}

export const isDemoRunning = (state) => isSameProcess(state) && state.url !== undefined;

/** Written beside and renamed, so that a reader never sees half of it; readable by its owner only. */
function write(state) {
  const draft = `${stateFile}.draft`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, stateFile);
}

function explainHolder(holder) {
  const state = readDemoState();
  const where = state?.pid === holder?.pid && state?.url ? `at ${state.url}` : "and still starting";
  return new Advice(
    `A demo is already running ${where} (process ${holder?.pid}).\nEnd it with Ctrl-C where it runs, or: kill ${holder?.pid}`,
  );
}

async function endOne(record) {
  if (await endProcess(record, { group: record.name !== undefined })) return;
  if (!isSameProcess(record)) return;
  throw new Advice(
    `Process ${record.pid} of a killed demo is still running and could not be ended:\n` +
      `  ${commandLine(record.pid)}\nEnd it with: kill -9 ${record.pid}`,
  );
}

/** Ends what a killed demo left running: only the very processes it wrote down or marked. */
async function endLeftovers(say) {
  const previous = readDemoState();
  if (!previous) return;
  const recorded = (previous.children ?? []).filter(isSameProcess);
  if (recorded.length > 0)
    say(`- Ending what a killed demo left behind: ${recorded.map((r) => `${r.name} (${r.pid})`).join(", ")}`);
  for (const record of recorded) await endOne(record);
  for (const record of findByRun(previous.run)) await endOne(record);
}

/** Claims this repository's demo, cleans up after a killed one, and returns the record to fill. */
export async function claimDemo(say) {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(lockFile);
  if (!lock.held) throw explainHolder(lock.holder);
  try {
    await endLeftovers(say);
  } catch (error) {
    lock.release();
    throw error;
  }
  const run = randomUUID();
  process.env[RUN_MARK] = run; // inherited by everything this run starts
  let state = { run, ...identify(process.pid), children: [] };
  write(state);
  const update = (changes) => {
    state = { ...state, ...changes };
    write(state);
  };
  const release = () => {
    update({ pid: 0, startTime: null, children: [] });
    lock.release();
  };
  return { update, release };
}

/** A clear word when the data directory belongs to somebody else, before anything fails obscurely. */
export function checkDataDir() {
  if (process.getuid?.() === 0 || !existsSync(dataDir)) return;
  try {
    writeFileSync(path.join(dataDir, ".writable"), "");
  } catch {
    throw new Advice(
      `${dataDir} belongs to another user. Run as that user, or: sudo chown -R $USER ${dataDir}`,
    );
  }
}
