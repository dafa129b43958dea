import { londonDay } from "@/lib/shared/london-time";
import type { BillingPeriod } from "./billing-cycle";
import { type SubscriptionState, termsOf } from "./subscription";

/** Microcredits for each bay and month, unless the plan says otherwise. */
const CREDITS_PER_BAY = 500_000_000n;

/** What a subscription brings each period, in microcredits. */
export type Allowance = {
  readonly allowance: bigint;
  /** The bays it is reckoned from; null: a trial's figure, or one of the organisation's own. */
  readonly bays: number | null;
};

/** What so many bays bring. */
export const allowanceOfBays = (bays: number, creditsPerBay = CREDITS_PER_BAY): Allowance => ({
  allowance: creditsPerBay * BigInt(bays),
  bays,
});

/** An account's subscription, and what it was given for the period that was granted last. */
export type Subscription = Allowance & {
  readonly state: SubscriptionState;
  /** The instant at which the subscription began: its London day starts every period. */
  readonly anchorAt: Date;
  /** When the subscription ends, where that is known already. */
  readonly endsAt: Date | null;
  readonly periodEndsAt: Date | null;
  /** The most bays that were counted in that period. */
  readonly periodBays: number | null;
};

/** A monthly grant that is due, and what the period has counted with it. */
export type DueGrant = {
  readonly kind: "period" | "extra";
  readonly amount: bigint;
  readonly key: string;
  readonly bays: number | null;
};

/** The key of a period's allowance, which never changes; extras of more bays add their number. */
export const periodKey = (anchorAt: Date, period: BillingPeriod): string =>
  `allowance:${anchorAt.toISOString()}:${period.key}`;

const BAYS_IN_KEY = /:bays:(\d+)$/;

/**
 * What a period was given, by its own lots: for a subscription that counts again after another one did, whose account holds
 * that one's period. The first lot names no bays: as many as its credits make, a started one being counted.
 */
export function givenBefore(
  { allowance, bays }: Allowance,
  lots: readonly { readonly sourceKey: string; readonly granted: bigint }[],
): { readonly granted: bigint; readonly bays: number | null } {
  const granted = lots.reduce((sum, lot) => sum + lot.granted, 0n);
  if (bays === null || allowance === 0n) return { granted, bays };
  const perBay = allowance / BigInt(bays);
  const counted = lots.map((lot) => {
    const extra = BAYS_IN_KEY.exec(lot.sourceKey)?.[1];
    return extra === undefined ? Number((lot.granted + perBay - 1n) / perBay) : Number(extra);
  });
  return { granted, bays: Math.max(...counted) };
}

/**
 * What the running period still lacks of its target: the period's allowance if it was not given, else the share of what
 * more bays bring from `changedAt` on, once for each new highest number. Fewer bays, and a figure of the organisation's
 * own, count from the next period.
 */
export function dueGrant(
  account: Subscription,
  period: BillingPeriod,
  changedAt: Date,
): DueGrant | undefined {
  const { allowance, bays, anchorAt, periodEndsAt, periodBays } = account;
  const key = periodKey(anchorAt, period);
  if (periodEndsAt === null || periodEndsAt <= period.startsAt)
    return { kind: "period", amount: allowance, key, bays };
  // A clock that went back stands before the period that was granted last.
  if (periodEndsAt > period.endsAt) return undefined;
  if (bays === null || periodBays === null || bays <= periodBays) return undefined;
  const share = timeLeft(period, changedAt);
  const more = (allowance / BigInt(bays)) * BigInt(bays - periodBays);
  return { kind: "extra", amount: (more * share.left) / share.whole, key: `${key}:bays:${bays}`, bays };
}

function timeLeft(period: BillingPeriod, at: Date): { left: bigint; whole: bigint } {
  const [starts, ends] = [period.startsAt.getTime(), period.endsAt.getTime()];
  const from = Math.min(Math.max(at.getTime(), starts), ends);
  return { left: BigInt(ends - from), whole: BigInt(ends - starts) };
}

/**
 * When the scheduler grants next, after the period that ends at `boundary`; null where it does not: the state brings no
 * allowance, or the subscription ends on the boundary's London day or before.
 */
export function nextRenewal({ state, endsAt }: Subscription, boundary: Date): Date | null {
  if (!termsOf(state).renews) return null;
  return endsAt !== null && londonDay(endsAt) <= londonDay(boundary) ? null : boundary;
}
