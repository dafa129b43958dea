import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { Subscription } from "../stripe/billing/objects";
import { nextBoundary } from "../stripe/billing/periods";
import { nextMoment, runDue } from "../stripe/billing/run-due";
import type { StripeState } from "../stripe/state";
import type { Parts } from "./parts";

export const stepInput = z.strictObject({
  /** `month`: to just past the next renewal, when its invoice has been finalised and was tried to be paid. */
  step: z.enum(["day", "month"]),
  /** The garage whose renewal it is; any garage's if not given, or if it has no subscription. */
  line: z.string().optional(),
});

const MS = 1_000;
const HOUR_S = 3_600;
const DAY_S = 86_400;
/** An invoice is finalised an hour after its period's start. */
const AFTER_RENEWAL_S = HOUR_S + 300;
const MONTHLY = { interval: "month", interval_count: 1 } as const;
const ENDED = ["canceled", "incomplete", "incomplete_expired"];
const LOOK_MS = 20;
const PATIENCE_MS = 10_000;

const living = ({ subscriptions }: StripeState): Subscription[] =>
  subscriptions.list().filter(({ status }) => !ENDED.includes(status));

/** The next month's start of one subscription, or of the first that comes; in a month where there is none. */
function nextRenewal({ sandbox, stripe }: Parts, line: string | undefined): number {
  const name = sandbox.lines.find(line ?? "")?.name;
  const all = living(stripe);
  const own = all.filter(({ customer }) => stripe.customers.get(customer)?.name === name);
  const now = stripe.now();
  const renewals = (own.length > 0 ? own : all).map(({ billing_cycle_anchor: anchor }) =>
    nextBoundary(anchor, MONTHLY, now),
  );
  return renewals.length > 0 ? Math.min(...renewals) : nextBoundary(now, MONTHLY, now);
}

/** Where a step leads, in seconds. */
export const targetOf = (parts: Parts, { step, line }: z.output<typeof stepInput>): number =>
  step === "day" ? parts.stripe.now() + DAY_S : nextRenewal(parts, line) + AFTER_RENEWAL_S;

/** Waits until what was set off has been delivered, and what followed from it; not for an application that is away. */
async function quiet({ sandbox: { outbox } }: Parts): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (let calm = 0; calm < 2 && Date.now() < until; calm = outbox.isQuiet() ? calm + 1 : 0)
    await setTimeout(LOOK_MS);
}

/**
 * Puts the clock forward until then, and stops at each moment on the way at which Stripe does something: there the
 * application first sweeps what has become due, then receives Stripe's events of that moment, before the next thing
 * happens.
 */
export async function travel(parts: Parts, target: number): Promise<void> {
  const { sandbox, stripe } = parts;
  for (let at = stripe.now(); at < target; ) {
    const next = Math.max(at + 1, Math.min(target, nextMoment(stripe) ?? target));
    await sandbox.time.forward(next * MS - sandbox.clock.time() + 1);
    await sandbox.time.swept();
    runDue(stripe);
    await quiet(parts);
    at = next;
  }
}
