import { type SubscriptionState, termsOf } from "@/lib/credits/core/subscription";
import type { BillingInterval } from "./plan-price";

/** What Stripe says of a subscription, whole and now. Amounts in pence of `currency`. */
export type SubscriptionFacts = {
  readonly subscriptionId: string;
  readonly customerId: string;
  /** Stripe's: active, past_due, canceled, incomplete …, or what a later version adds; paused also where its invoices are. */
  readonly status: string;
  readonly priceId: string;
  readonly productId: string;
  /** Null where Stripe bills in other steps. */
  readonly interval: BillingInterval | null;
  readonly bays: number;
  /** A bay and interval, without VAT. */
  readonly unitPence: number;
  readonly taxPercent: number;
  readonly currency: string;
  readonly beganAt: Date;
  /** When it will end, where that is known. */
  readonly endsAt: Date | null;
  readonly endedAt: Date | null;
};

/** What a subscription means: a state, or why it means none. */
export type Meaning =
  | Exclude<SubscriptionState, "demo">
  | "not-yet"
  /** Its metadata and its customer name two organisations. */
  | "other-organisation"
  | "other-currency"
  | "other-product"
  | "no-bays"
  /** Stripe does not know it any more. */
  | "missing";

/** A plan that is sold, or was. */
export type SoldPlan = {
  readonly productId: string;
  readonly priceIds: readonly string[];
  /** Microcredits a bay and month. */
  readonly creditsPerBay: bigint;
  readonly current: boolean;
};

/** The most bays that an account can have. */
export const MAX_BAYS = 50;

const NEVER_TO_COUNT = [
  "other-organisation",
  "other-currency",
  "other-product",
  "no-bays",
  "missing",
] as const;

/** Why a subscription cannot count, whatever its state. */
export type Oddity = (typeof NEVER_TO_COUNT)[number];

/** True for what support must look at: money is taken for something that gives nothing here. */
export const isStrange = (meaning: Meaning): boolean => NEVER_TO_COUNT.some((kind) => kind === meaning);

/** @param known what is known besides: an oddity that is not in the facts, and whether it ever counted. */
export function meaningOf(
  facts: SubscriptionFacts,
  plans: readonly SoldPlan[],
  known: { readonly oddity?: Oddity | undefined; readonly hasCounted: boolean },
): Meaning {
  const state = stateOf(facts, plans);
  if (state === "not-yet") return state;
  // What counted has ended when Stripe says so, whatever else is odd about it by then.
  if (state === "canceled" && known.hasCounted) return state;
  return known.oddity ?? oddityOf(facts, plans) ?? state;
}

function oddityOf(facts: SubscriptionFacts, plans: readonly SoldPlan[]): Oddity | undefined {
  if (facts.bays < 1) return "no-bays";
  if (facts.currency !== "gbp") return "other-currency";
  return plans.some(({ productId }) => productId === facts.productId) ? undefined : "other-product";
}

function stateOf({ status, priceId }: SubscriptionFacts, plans: readonly SoldPlan[]): Meaning {
  switch (status) {
    case "trialing":
      return "trial";
    case "active":
      return plans.some(({ current, priceIds }) => current && priceIds.includes(priceId))
        ? "active"
        : "grandfathered";
    case "past_due":
    case "unpaid":
    case "paused":
      return "past_due";
    case "canceled":
      return "canceled";
    default:
      return "not-yet";
  }
}

type Living = Extract<Meaning, "active" | "grandfathered" | "trial" | "past_due">;

/** Of several living ones the smallest counts. */
const RANK: Readonly<Record<Living, number>> = { active: 0, grandfathered: 0, trial: 1, past_due: 2 };

export const isLiving = (meaning: Meaning): meaning is Living => meaning in RANK;

/** True for a meaning that is the organisation's state, or was until it ended. */
export const counts = (meaning: Meaning): boolean => isLiving(meaning) || meaning === "canceled";

/** A subscription of an organisation, and what its last reading meant. */
export type Known = {
  readonly facts: SubscriptionFacts;
  readonly meaning: Meaning;
  /** Whether this reading or an earlier one counted. */
  readonly hasCounted: boolean;
};

/** It counted, has not ended, and cannot count as it is now. */
const isSuspended = ({ hasCounted, meaning }: Known): boolean => hasCounted && !counts(meaning);

/** Of several living subscriptions the best counts, the oldest of equals; undefined where none lives. */
export function bestLiving<T extends Known>(all: readonly T[]): (T & Alive) | undefined {
  return all.filter(isAlive).sort((a, b) => RANK[a.meaning] - RANK[b.meaning] || byAge(a.facts, b.facts))[0];
}

type Alive = { readonly meaning: Living };
const isAlive = <T extends Known>(known: T): known is T & Alive => isLiving(known.meaning);

const byAge = (a: SubscriptionFacts, b: SubscriptionFacts): number =>
  a.beganAt.getTime() - b.beganAt.getTime() || a.subscriptionId.localeCompare(b.subscriptionId);

/** The one that ended last; undefined where none has ended. */
export function lastEnded<T extends Known>(all: readonly T[]): T | undefined {
  const endOf = ({ facts }: Known): number => (facts.endedAt ?? facts.beganAt).getTime();
  return all.filter(({ meaning }) => meaning === "canceled").sort((a, b) => endOf(b) - endOf(a))[0];
}

export type SubscriptionDecision<T extends Known = Known> =
  /** Nothing changes for the organisation. */
  | { readonly kind: "nothing" }
  /** No subscription counts any more, and none has ended: nothing may be granted until support has looked. */
  | { readonly kind: "suspended" }
  | { readonly kind: "ended"; readonly endsAt: Date | null }
  | { readonly kind: "counts"; readonly counted: T; readonly state: Living };

/**
 * What an organisation's subscriptions mean for its account. It depends on what Stripe said of each, never on which
 * event came. A demo, and a grandfathered organisation that has no living subscription, are as support set them.
 *
 * @param before the same by what was known before: a change has its consequences once, and what support sets afterwards
 * stays.
 */
export function decideSubscription<T extends Known>(
  all: readonly T[],
  account: { readonly state: SubscriptionState },
  before: readonly Known[],
): SubscriptionDecision<T> {
  if (termsOf(account.state).plan === "none") return { kind: "nothing" };
  const counted = bestLiving(all);
  if (counted) return { kind: "counts", counted, state: counted.meaning };
  const livedBefore = before.some(({ meaning }) => isLiving(meaning));
  if (all.some(isSuspended))
    return { kind: livedBefore && termsOf(account.state).renews ? "suspended" : "nothing" };
  const ended = lastEnded(all);
  const stoodBefore = livedBefore || before.some(isSuspended);
  // Whatever support has set since the end, such as grandfathered, stays.
  if (!ended || !(stoodBefore || account.state === "trial")) return { kind: "nothing" };
  return { kind: "ended", endsAt: ended.facts.endedAt };
}
