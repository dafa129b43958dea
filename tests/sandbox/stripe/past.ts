import { z } from "zod";
import { createSubscription } from "./billing/create-subscription";
import { endSubscription } from "./billing/end-subscription";
import { runDue } from "./billing/run-due";
import { subscriptionOf } from "./billing/subscriptions";
import { findCard } from "./cards";
import { createCustomer, updateCustomer } from "./customers";
import { addCard } from "./method-objects";
import { attach } from "./payment-methods";
import type { StripeState } from "./state";

const seconds = z.number().int().positive();

/** A customer who has been subscribing for a while. */
export const pastInput = z.strictObject({
  /** Its objects' ids are made of it, the same each time. */
  name: z.string().regex(/^[a-z]+$/),
  customer: z.strictObject({
    name: z.string(),
    email: z.string(),
    metadata: z.record(z.string(), z.string()),
  }),
  /** A test card's number, saved as the default. */
  card: z.string(),
  price: z.string(),
  bays: z.number().int().min(1),
  /** When it began, in seconds. */
  startedAt: seconds,
  /** From then on the card is refused. */
  refusedFrom: seconds.nullable(),
  canceledAt: seconds.nullable(),
});

export type Past = z.output<typeof pastInput>;

/** Every past that was laid, by its name: a reset lays them again. */
export type Pasts = Map<string, Past>;

const YEARS_AHEAD = 5;
const DECEMBER = 12;
const DIGITS = 4;

function cardOf(state: StripeState, { card: number, customer }: Past) {
  const found = findCard(number);
  if (found.kind === "refused") throw new Error(found.message);
  const expYear = state.sandbox.clock.now().getUTCFullYear() + YEARS_AHEAD;
  return addCard(state, {
    card: found.card,
    expMonth: DECEMBER,
    expYear,
    name: customer.name,
    email: customer.email,
  });
}

export interface Laid {
  customer: string;
  subscription: string;
}

/** Everything that happened to a customer, from the day they subscribed to now. */
function play(state: StripeState, past: Past): Laid {
  const until = (moment: number): void => {
    state.playing = moment;
    runDue(state);
    state.playing = moment;
  };
  state.playing = past.startedAt;
  const customer = createCustomer(state, past.customer);
  const card = attach(state, cardOf(state, past), customer.id);
  updateCustomer(state, customer, { invoice_settings: { default_payment_method: card.id } });
  const { id } = createSubscription(state, {
    customer: customer.id,
    items: [{ price: past.price, quantity: past.bays }],
    default_tax_rates: ["txr_vat_20"],
    metadata: past.customer.metadata,
  });
  if (past.refusedFrom !== null) {
    until(past.refusedFrom);
    const file = state.cards.get(card.id);
    if (file) state.cards.set(card.id, { ...file, declinesNow: "generic_decline" });
  }
  if (past.canceledAt !== null) {
    until(past.canceledAt);
    endSubscription(state, subscriptionOf(state, id), { reason: "cancellation_requested" });
  }
  state.playing = null;
  runDue(state);
  return { customer: customer.id, subscription: id };
}

/** What was laid before. */
function laidBefore(state: StripeState, { name, startedAt }: Past): Laid | undefined {
  const subscription = state.subscriptions
    .list()
    .find(({ id, start_date: began }) => id.startsWith(`sub_${name}`) && began === startedAt);
  return subscription && { customer: subscription.customer, subscription: subscription.id };
}

/**
 * Lays the past of a customer: its invoices, payments and card as they would have come about, told to nobody, because it
 * was all told then. Done once for a name; the ids are the same each time.
 */
export function playPast(state: StripeState, past: Past): Laid {
  const before = laidBefore(state, past);
  if (before) return before;
  const { newId } = state;
  let last = 0;
  const named = (prefix: string): string => {
    last += 1;
    return `${prefix}_${past.name}${String(last).padStart(DIGITS, "0")}`;
  };
  state.newId = named;
  try {
    return state.sandbox.outbox.quietly(() => play(state, past));
  } finally {
    state.newId = newId;
    state.playing = null;
  }
}
