// Child processes: prefixed output, a record to find them again, an orderly end.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { root } from "./environment.mjs";
import { Advice } from "./log.mjs";
import { endProcess, identify } from "./processes.mjs";

function pipeLines(stream, listener) {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", listener);
}

/**
 * Starts a Node program in its own process group, so that Ctrl-C in the terminal reaches only us and we
 * decide the order of the end.
 * @param {{ name: string, args: string[], env: Record<string, string | undefined>, onLine?: (line: string, name: string) => void }} options
 */
export function startChild({ name, args, env, onLine = () => {} }) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const listeners = new Set([(line) => onLine(line, name)]);
  for (const stream of [child.stdout, child.stderr])
    pipeLines(stream, (line) => {
      for (const listener of listeners) listener(line);
    });
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, reason: error.message }));
    child.once("exit", (code, signal) => resolve({ code: code ?? 1, reason: signal ?? `exit code ${code}` }));
  });
  const record = { name, ...identify(child.pid ?? 0) };
  const stop = (timeoutMs = 8000) => endProcess(record, { timeoutMs, group: child.pid !== undefined });

  /** Resolves when a line of output matches; rejects when the process ends first. */
  function lineMatching(pattern) {
    return new Promise((resolve, reject) => {
      const listener = (line) => pattern.test(line) && resolve(line);
      listeners.add(listener);
      void exited.then(({ reason }) => reject(new Advice(`${name} ended before it was ready (${reason}).`)));
    });
  }
  return { name, record, exited, stop, lineMatching };
}

/** Polls a URL until it answers 2xx; rejects when the process ends or the time is over. */
export async function untilReady(child, url, timeoutMs = 120_000) {
  let ended = null;
  void child.exited.then((end) => {
    ended = end;
  });
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (ended) throw new Advice(`${child.name} ended before it was ready (${ended.reason}).`);
    try {
      if ((await fetch(url, { signal: AbortSignal.timeout(5000) })).ok) return;
    } catch {} // not listening yet
    if (performance.now() > deadline) throw new Advice(`${child.name} did not answer at ${url} in time.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
