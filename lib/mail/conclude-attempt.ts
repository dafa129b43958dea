import type { Ctx } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { nextAttempt } from "./core/next-attempt";
import type { MailEnd } from "./store/mails";

export type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "dropped" | "refused" | "failed"; readonly reason: string };

type Attempted = {
  /** As its log lines name it; never by an address. */
  readonly about: { readonly mailId: string; readonly letter: string; readonly orgId?: string };
  /** Whether there is such a letter: a label of a metric has few values. */
  readonly isKnown: boolean;
  readonly queuedAt: Date;
  /** With this one. */
  readonly attempts: number;
  readonly end: (end: MailEnd) => Promise<void>;
  readonly record: (attempts: number, reason: string) => Promise<void>;
};

/** Records what became of an attempt. Returns when the next is due; undefined where the mail has ended. */
export async function concludeAttempt(
  ctx: Ctx,
  { about, isKnown, queuedAt, attempts, end, record }: Attempted,
  outcome: Outcome,
): Promise<Date | undefined> {
  const at = ctx.now();
  const count = (word: "sent" | "dropped" | "failed" | "retried"): void =>
    metrics().mails.inc({ letter: isKnown ? about.letter : "unknown", outcome: word });
  if (outcome.kind === "sent" || outcome.kind === "dropped") {
    const reason = outcome.kind === "dropped" ? outcome.reason : null;
    await end({ status: outcome.kind, reason, attempts, at });
    count(outcome.kind);
    return undefined;
  }
  const again = outcome.kind === "failed" ? nextAttempt(queuedAt, attempts, at) : undefined;
  if (again) {
    await record(attempts, outcome.reason);
    ctx.log.warn({ ...about, attempts, reason: outcome.reason }, "a mail was not sent yet");
    count("retried");
    return again;
  }
  await end({ status: "failed", reason: outcome.reason, attempts, at });
  ctx.log.error({ ...about, attempts, reason: outcome.reason }, "a mail could not be sent");
  count("failed");
  return undefined;
}
