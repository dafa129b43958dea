// A process is known by pid and start time together: a pid alone may belong to somebody else by now.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The variable which marks everything a run starts, so that a later run finds what a killed one left. */
export const RUN_MARK = "TORQUEFLOW_RUN";

const POLL_MS = 50;
const onLinux = process.platform === "linux";
const bootId = () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();

function ask(pid, column) {
  try {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], options).trim() || null;
  } catch {
    return null;
  }
}

/** When the process started, as the operating system tells it; null when it is gone (or a zombie). */
function startTime(pid) {
  if (!onLinux) return ask(pid, "lstart");
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces; after it come state (0) and, as field 19, the start in ticks.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : `${bootId()}/${fields[19]}`;
  } catch {
    return null;
  }
}

export const isAlive = (pid) => Number.isInteger(pid) && pid > 0 && startTime(pid) !== null;

export const identify = (pid) => ({ pid, startTime: startTime(pid) });

/** True while the very process of the record is running. */
export const isSameProcess = (record) =>
  Boolean(record?.startTime) && startTime(record.pid) === record.startTime;

export function commandLine(pid) {
  if (!onLinux) return ask(pid, "command") ?? "";
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** Processes which a run started, also when their parents are gone. Linux only. */
export function findByRun(run) {
  if (!onLinux) return [];
  const marker = `\0${RUN_MARK}=${run}\0`;
  const carriesMarker = (pid) => {
    try {
      return `\0${readFileSync(`/proc/${pid}/environ`, "utf8")}\0`.includes(marker);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid && carriesMarker(entry))
    .map((entry) => identify(Number(entry)))
    .filter((record) => record.startTime);
}

export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the condition holds; false after the time-out. */
export async function waitFor(condition, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Ends a recorded process: asked first, killed after the time-out. Never touches a pid that was reused. */
export async function endProcess(record, { timeoutMs = 8000, group = false } = {}) {
  if (!isSameProcess(record)) return false;
  const target = group ? -record.pid : record.pid;
  signal(target, "SIGTERM");
  const gone = await waitFor(() => !isSameProcess(record), timeoutMs);
  if (!gone) signal(target, "SIGKILL");
  return gone || waitFor(() => !isSameProcess(record), 2000);
}
