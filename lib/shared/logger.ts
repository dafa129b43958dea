import { pino } from "pino";
import { env } from "./env";
import { describeError } from "./errors";
import { currentScope } from "./log-scope";
import { processWide } from "./process-wide";

export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/**
 * The process's log: JSON lines, each with the request or the job that it belongs to. Secrets and personal data are cut out
 * wherever they might slip in.
 */
export function logger(): ReturnType<typeof pino> {
  return processWide("logger", () =>
    pino({
      level: env().LOG_LEVEL,
      mixin: () => ({ ...currentScope() }),
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
