// A lock file which outlives nobody: it names its holder by pid and start time.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identify, isSameProcess, waitFor } from "./processes.mjs";

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** A hard link appears with its content, or not at all: nobody ever reads a half-written lock. */
function link(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function removeStale(file) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    // Somebody faster may have replaced the stale lock by a good one: then it goes back.
    if (isSameProcess(readHolder(aside))) link(aside, file);
    rmSync(aside, { force: true });
  } catch {} // taken away by another claimant
}

/** Takes the lock, or tells who holds it. @returns {{ held: true, release(): void } | { held: false, holder }} */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  try {
    if (link(draft, file)) return { held: true, release: () => rmSync(file, { force: true }) };
    const holder = readHolder(file);
    if (isSameProcess(holder)) return { held: false, holder };
    removeStale(file);
    return link(draft, file)
      ? { held: true, release: () => rmSync(file, { force: true }) }
      : { held: false, holder: readHolder(file) };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Runs the work alone, after waiting for the others; `onWait` is told once who is ahead. */
export async function withLock(file, work, { timeoutMs = 600_000, onWait = () => {} } = {}) {
  let lock = takeLock(file);
  if (!lock.held) {
    onWait(lock.holder);
    const free = await waitFor(() => {
      lock = takeLock(file);
      return lock.held;
    }, timeoutMs);
    if (!free) throw new Error(`${file} is still held by process ${lock.holder?.pid}.`);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
