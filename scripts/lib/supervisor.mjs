// Starts the demo's processes, keeps them running, and ends them in order.
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createReader } from "./child-output.mjs";
import { startChild, untilReady } from "./children.mjs";
import { root } from "./environment.mjs";
import { Advice } from "./log.mjs";
import { openLogFile } from "./log-file.mjs";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const HEALTHY_AFTER_MS = 60_000;
const READY_TIMEOUT_MS = 120_000;
/** The application needs at most 19 s to end in order, a worker 27 s. */
const STOP_TIMEOUT_MS = 30_000;

/** A process could not start because somebody else has taken its port meanwhile. */
export class PortTaken extends Advice {}

/**
 * @param {{ say: (text: string) => void, onChange: (records: object[]) => void }} options
 * `onChange` gets the records of the running children; `ended` resolves with the exit code of a process
 * which the demo cannot do without.
 */
export function createSupervisor({ say, onChange }) {
  const children = new Map();
  let stopping = false;
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const changed = () => onChange([...children.values()].map((child) => child.record));

  function launch({ name, args, env, plain }, log) {
    const read = createReader({ name, file: log.file, say, plain });
    const onLine = (line) => {
      log.write(line);
      read(line);
    };
    const child = startChild({ name, args, env, onLine });
    children.set(name, child);
    changed();
    return child;
  }

  const lastWords = (log) => `${log.lastLines().join("\n")}\nAll of it: ${path.relative(root, log.file)}`;

  async function keepRunning(service, again, log, first) {
    let child = first;
    let pauseMs = FIRST_PAUSE_MS;
    while (!stopping) {
      const started = performance.now();
      const { code, reason } = await child.exited;
      if (stopping) return;
      children.delete(service.name);
      changed();
      if (service.whenItEnds === "end") {
        say(`\nThe ${service.name} ended by itself (${reason}).\n${lastWords(log)}`);
        return end(code);
      }
      if (performance.now() - started > HEALTHY_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      say(
        `The ${service.name} ended (${reason}); it starts again in ${pauseMs / 1000} s. See ${path.relative(root, log.file)}`,
      );
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      if (!stopping) child = launch(again(), log);
    }
  }

  /**
   * Starts a service and resolves when it is ready, with the line that said so. `again` gives the service as it is started
   * again if it should end. Throws PortTaken where that is why it did not start.
   */
  async function start(service, again = () => service) {
    const log = openLogFile(service.name);
    const child = launch(service, log);
    try {
      const { ready } = service;
      const line = await (ready.url === undefined
        ? child.lineMatching(ready.line)
        : untilReady(child, ready.url, READY_TIMEOUT_MS));
      void keepRunning(service, again, log, child);
      return line;
    } catch (error) {
      await child.stop();
      children.delete(service.name);
      changed();
      const Kind = log.lastLines().some((line) => line.includes("EADDRINUSE")) ? PortTaken : Advice;
      throw new Kind(`${error.message}\n${lastWords(log)}`);
    }
  }

  /** Application and worker finish what they have begun, for which they may need the providers. */
  async function stop() {
    stopping = true;
    const all = [...children.values()];
    const isLast = ({ name }) => name === "providers";
    await Promise.all(all.filter((child) => !isLast(child)).map((child) => child.stop(STOP_TIMEOUT_MS)));
    await Promise.all(all.filter(isLast).map((child) => child.stop()));
    children.clear();
    changed();
  }

  return { start, stop, ended };
}
