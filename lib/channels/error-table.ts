import type { FailureNext, SendOutcome } from "@/lib/inbox/core/message";

/** What follows from one of a provider's errors. `reason` is what staff read. */
export type ErrorStep =
  | {
      readonly next: "retry";
      readonly waitMs: (attempt: number) => number;
      readonly reason: string;
      /** The last attempt after which it is tried again. */
      readonly upTo: number;
    }
  | { readonly next: FailureNext; readonly reason: string };

const LONGEST_WAIT_MS = 60 * 60_000;

/** `baseMs`, then growing by `factor` with each attempt, up to an hour; attempts count from 1. */
export const growing =
  (baseMs: number, factor = 2) =>
  (attempt: number): number =>
    Math.min(LONGEST_WAIT_MS, baseMs * factor ** (Math.max(1, attempt) - 1));

/** Try again after `waitMs`, however often the queue allows or up to an attempt. */
export const retry = (
  waitMs: (attempt: number) => number,
  reason: string,
  upTo = Number.POSITIVE_INFINITY,
): ErrorStep => ({ next: "retry", waitMs, reason, upTo });

/** Staff see that it was not delivered, and why. */
export const tell = (reason: string): ErrorStep => ({ next: "tell-staff", reason });

/** Staff see it, and Torqueflow's operators must act: it concerns more than this message. */
export const alert = (reason: string): ErrorStep => ({ next: "alert-operator", reason });

/** What a channel makes of its provider's error codes; `unknown` words a code that has no row. */
export function errorTable(rows: Readonly<Record<number, ErrorStep>>, unknown: (code: number) => string) {
  return {
    codes: Object.keys(rows).map(Number),

    /** What becomes of a send that was refused with this code at this attempt, counted from 1. */
    refusedSend(code: number, attempt: number): SendOutcome {
      const step = rows[code] ?? tell(unknown(code));
      if (step.next !== "retry") return { kind: "failed", code, reason: step.reason, next: step.next };
      return attempt <= step.upTo
        ? { kind: "retry", code, afterMs: step.waitMs(attempt), reason: step.reason }
        : { kind: "failed", code, reason: step.reason, next: "tell-staff" };
    },

    /** What staff read of a failure that came as a status; undefined for a code without a row. */
    reasonOf: (code: number | undefined): string | undefined =>
      code === undefined ? undefined : rows[code]?.reason,

    /** What follows from a failure that came as a status. It is final: what a send would repeat is told to staff. */
    afterFailedStatus(code: number | undefined): FailureNext {
      const step = code === undefined ? undefined : rows[code];
      return step === undefined || step.next === "retry" ? "tell-staff" : step.next;
    },
  };
}
