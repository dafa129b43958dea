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
};

const SUBSCRIBED: Terms = { renews: true, buys: true, dashboard: "whole", gate: "balance" };
const UNPAID: Terms = { renews: false, buys: false, dashboard: "none", gate: "balance" };

const TERMS: Readonly<Record<SubscriptionState, Terms>> = {
  trial: { renews: false, buys: false, dashboard: "balance", gate: "cap" },
  active: SUBSCRIBED,
  grandfathered: SUBSCRIBED,
  past_due: UNPAID,
  canceled: UNPAID,
  demo: { renews: false, buys: false, dashboard: "none", gate: "nothing" },
};

/** The one place that says what a state means: pages, verbs and, through what the verbs store, SQL. */
export const termsOf = (state: SubscriptionState): Terms => TERMS[state];

export const isSubscriptionState = (value: unknown): value is SubscriptionState =>
  SUBSCRIPTION_STATES.some((state) => state === value);
