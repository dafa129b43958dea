// The logs of the demo's processes: `.data/logs/<name>.log`, and `.old` for the start before.
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataDir } from "./environment.mjs";

export const logsDir = path.join(dataDir, "logs");

const MAX_BYTES = 20 * 1024 * 1024;
const KEPT_LINES = 30;

/** Begins a log. What it holds beyond 20 MB moves to `.old` as well, so that a demo left running fills no disk. */
export function openLogFile(name) {
  const file = path.join(logsDir, `${name}.log`);
  const last = [];
  let bytes = 0;

  function begin() {
    mkdirSync(logsDir, { recursive: true });
    if (existsSync(file) && statSync(file).size > 0) renameSync(file, `${file}.old`);
    writeFileSync(file, "", { mode: 0o600 });
    bytes = 0;
  }

  function write(line) {
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
    if (bytes > MAX_BYTES) begin();
    appendFileSync(file, `${line}\n`);
    bytes += Buffer.byteLength(line) + 1;
  }

  begin();
  return { file, write, lastLines: () => last };
}
