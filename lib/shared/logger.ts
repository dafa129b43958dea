import { stripVTControlCharacters } from "node:util";
import { pino } from "pino";
import { env } from "./env";
import { describeError } from "./errors";
import { currentScope } from "./log-scope";
import { processWide } from "./process-wide";

export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

type Level = "debug" | "warn" | "error";

const MAX_PRINTED = 2_000;

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
export function logger(): ReturnType<typeof pino> {
  return processWide("logger", () =>
    pino({
      level: env().LOG_LEVEL,
      mixin: () => ({ ...currentScope() }),
      hooks: { streamWrite: escapeControls },
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
    }),
  );
}

/**
 * What packages print lands in the log, bounded, and cannot pass for a line of its own. Nobody is alarmed by what they
 * print `whileOthersErr`: somebody else's mistake.
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
