import { stripVTControlCharacters } from "node:util";
import { pino } from "pino";
import { env } from "./env";
import { describeError } from "./errors";
import { currentScope } from "./log-scope";
import { processWide } from "./process-wide";

export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

type Level = "debug" | "warn" | "error";

const STDOUT = 1;
const MAX_PRINTED = 2_000;

/** Lines are written together, beside the event loop: when so much has gathered, and so long after the first in any case. */
const GATHER_BYTES = 4_096;
const WRITE_WITHIN_MS = 100;
/** How much waits for a reader that has stopped reading. Beyond it lines are dropped, so that the log fills no memory. */
const MAX_WAITING_BYTES = 64 * 1_024 * 1_024;

/** JSON escapes most of what could begin a line or move a terminal's cursor; this is the rest. */
const escapeControls = (line: string): string =>
  line.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/**
 * The process's log: JSON lines, each with the request or the job that it belongs to. Secrets and personal data are cut out
 * wherever they might slip in.
 */
export const logger = processWide("logger", openLog);

function openLog(): ReturnType<typeof pino> {
  const destination = pino.destination({
    fd: STDOUT,
    sync: false,
    minLength: GATHER_BYTES,
    maxLength: MAX_WAITING_BYTES,
  });
  let isDue = false;
  // Its own interval would write ten times a second, also nothing: it wakes a process that has nothing to do.
  const writeSoon = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      destination.flush();
    }, WRITE_WITHIN_MS).unref();
  };
  return pino(
    {
      level: env().LOG_LEVEL,
      mixin: () => ({ ...currentScope() }),
      hooks: {
        streamWrite: (line) => {
          writeSoon();
          return escapeControls(line);
        },
      },
      // An error's own text may quote a row or a customer: only what is safe of it is written.
      serializers: { err: describeError },
      redact: {
        paths: [
          "authorization",
          "cookie",
          "password",
          "secret",
          "phone",
          "number",
          "email",
          "transcript",
          "body",
          "payload",
        ].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: "[redacted]",
      },
    },
    destination,
  );
}

/**
 * Resolves once no line is being written beside the event loop: what waits then is written as the process ends. Whoever ends
 * the process awaits it first.
 */
export const logWritten = (): Promise<void> => new Promise((resolve) => logger().flush(() => resolve()));

/**
 * Writes what packages print to our log, bounded, as a field of one line. Where `whileOthersErr` says that a sender's
 * mistake is being handled it is logged as info, so that it raises no alarm.
 */
export function captureConsole(whileOthersErr: () => boolean): void {
  const levels = { debug: "debug", log: "debug", info: "debug", warn: "warn", error: "error" } as const;
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, Level][]) {
    console[method] = (...parts: unknown[]) => {
      const errors = parts.filter((part) => part instanceof Error).map(describeError);
      const words = parts.filter((part) => typeof part === "string").join(" ");
      const text = stripVTControlCharacters(words).slice(0, MAX_PRINTED);
      logger()[whileOthersErr() ? "info" : level]({ printed: text, errors }, "a package printed");
    };
  }
}
