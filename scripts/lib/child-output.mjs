// What of a child's output a person must see in the terminal; all of it is in its log file.
import path from "node:path";
import { root } from "./environment.mjs";

const ERROR_LEVEL = 50;
const PAUSE_MS = 60_000;

function parse(line) {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** "request failed (diagnostics)" of a line that is an error; null for any other. */
function errorOf(line) {
  const entry = parse(line);
  if (!entry || !(entry.level >= ERROR_LEVEL)) return null;
  const where = entry.route ?? entry.job;
  return where ? `${entry.msg} (${where})` : String(entry.msg);
}

/**
 * Reads a child's lines: each error is shown once per minute. `plain` shows what is no log line, too: what the compiler says
 * while somebody edits.
 */
export function createReader({ name, file, say, plain = false, now = () => Date.now() }) {
  const told = new Map();
  const shown = path.relative(root, file);
  return (line) => {
    const error = errorOf(line);
    if (error === null) {
      if (plain && parse(line) === null) say(`[${name}] ${line}`);
      return;
    }
    if (now() - (told.get(error) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return;
    told.set(error, now());
    say(`[${name}] error: ${error}. See ${shown}`);
  };
}
