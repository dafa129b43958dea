// Keeps the product's processes running, and ends them in order.
import { setTimeout as sleep } from "node:timers/promises";
import { startChild, untilReady } from "./children.mjs";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const HEALTHY_AFTER_MS = 60_000;
const READY_TIMEOUT_MS = 120_000;

/**
 * @param {{ services: object[], env: object, url: string, say: (text: string) => void, onChange: (records: object[]) => void }} options
 * `onChange` gets the records of the running children; `ended` resolves with the exit code of a process
 * which the product cannot do without.
 */
export function createSupervisor({ services, env, url, say, onChange }) {
  const children = new Map();
  let stopping = false;
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const changed = () => onChange([...children.values()].map((child) => child.record));

  function launch(service) {
    const onLine = (line, name) => say(`[${name}] ${line}`);
    const child = startChild({ name: service.name, args: service.args, env, onLine });
    children.set(service.name, child);
    changed();
    return child;
  }

  const ready = (service, child) =>
    service.ready.path === undefined
      ? child.lineMatching(service.ready.line)
      : untilReady(child, `${url}${service.ready.path}`, READY_TIMEOUT_MS);

  async function keepRunning(service, first) {
    let child = first;
    let pauseMs = FIRST_PAUSE_MS;
    while (!stopping) {
      const started = performance.now();
      const { code, reason } = await child.exited;
      if (stopping) return;
      children.delete(service.name);
      changed();
      if (service.whenItEnds === "end") {
        say(`\nThe ${service.name} ended by itself (${reason}).`);
        return end(code);
      }
      if (performance.now() - started > HEALTHY_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      say(`The ${service.name} ended (${reason}); it starts again in ${pauseMs / 1000} s.`);
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      if (!stopping) child = launch(service);
    }
  }

  async function start() {
    const launched = services.map((service) => [service, launch(service)]);
    const waits = launched.map(([service, child]) => ready(service, child));
    await Promise.all(waits);
    for (const [service, child] of launched) void keepRunning(service, child);
  }

  async function stop() {
    stopping = true;
    for (const { name } of services) await children.get(name)?.stop();
    children.clear();
    changed();
  }

  return { start, stop, ended };
}
