export const SUBSCRIPTION_STATES = [
  "trial",
  "active",
  "grandfathered",
  "past_due",
  "canceled",
  "demo",
] as const;

export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** What an organisation in a state of its subscription gets and may do. */
export type Terms = {
  /** An allowance at the start of each period. */
  readonly renews: boolean;
  /** Packs, by hand and by auto top-up. */
  readonly buys: boolean;
  /** How much of the credit dashboard is shown. */
  readonly dashboard: "whole" | "balance" | "none";
  /** What the gate asks, and what the warnings are about. */
  readonly gate: "nothing" | "cap" | "balance";
  /** Whether a plan is still to be chosen, has been, or plays no part. */
  readonly plan: "to-choose" | "chosen" | "none";
};

const SUBSCRIBED: Terms = { renews: true, buys: true, dashboard: "whole", gate: "balance", plan: "chosen" };
const UNPAID: Terms = { renews: false, buys: false, dashboard: "none", gate: "balance", plan: "chosen" };

const TERMS: Readonly<Record<SubscriptionState, Terms>> = {
  trial: { renews: false, buys: false, dashboard: "balance", gate: "cap", plan: "to-choose" },
  active: SUBSCRIBED,
  grandfathered: SUBSCRIBED,
  past_due: UNPAID,
  canceled: { ...UNPAID, plan: "to-choose" },
  demo: { renews: false, buys: false, dashboard: "none", gate: "nothing", plan: "none" },
};

/** What a state means, for pages and verbs; SQL uses what the verbs store of it. */
export const termsOf = (state: SubscriptionState): Terms => TERMS[state];

/** The states in which the gate asks this. */
export const statesGatedBy = (gate: Terms["gate"]): SubscriptionState[] =>
  SUBSCRIPTION_STATES.filter((state) => TERMS[state].gate === gate);

export const isSubscriptionState = (value: unknown): value is SubscriptionState =>
  SUBSCRIPTION_STATES.some((state) => state === value);
