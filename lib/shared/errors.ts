/** Every error that may leave a verb, with its HTTP status. Business outcomes are values, not errors. */
const STATUS = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  foreign_origin: 403,
  not_found: 404,
  conflict: 409,
  answered_meanwhile: 409,
  written_meanwhile: 409,
  organisation_changed: 409,
  gone: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof STATUS;

/** Most outages are over after so long. */
const UNAVAILABLE_SECONDS = 5;

type Details = {
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
  readonly field?: string | undefined;
};

/** `message` is shown to people: no personal data, no internals. The cause is for the log only. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** After how long the same request may pass; undefined where it never will. */
  readonly retryAfterSeconds: number | undefined;
  /** Which part of the input was at fault. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: Details = {}) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.retryAfterSeconds =
      options.retryAfterSeconds ?? (code === "unavailable" ? UNAVAILABLE_SECONDS : undefined);
    this.field = options.field;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** By its fields: what one bundle of the built application throws may be caught by another, with its own copy of the class. */
export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof Error && error.name === "AppError" && Object.hasOwn(STATUS, Reflect.get(error, "code"))
  );
}

/** "40 seconds", "14 minutes", "2 hours": never less than there is to wait. */
function inWords(seconds: number): string {
  const [value, unit] =
    seconds < 100
      ? [seconds, "second"]
      : seconds < 100 * 60
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.ceil(seconds / 3_600), "hour"];
  return `${value} ${unit}${value === 1 ? "" : "s"}`;
}

/** Something was done too often: says how long to wait. */
export const tooOften = (seconds: number): AppError =>
  new AppError("rate_limited", `Too many attempts. Try again in ${inWords(seconds)}.`, {
    retryAfterSeconds: seconds,
  });

/** Facts of a database or system error that are safe to log. Messages and details are not: they quote rows and input. */
const SAFE = ["code", "constraint", "table", "column", "routine", "syscall"] as const;

/** An error for the log without what it might quote: its name, its safe facts and where it happened. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const facts = SAFE.flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" ? [[key, value] as const] : [];
  });
  return {
    name: error.name,
    ...Object.fromEntries(facts),
    ...(isAppError(error) ? { message: error.message } : {}),
    at: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}
