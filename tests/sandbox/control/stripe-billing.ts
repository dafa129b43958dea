import { z } from "zod";
import type { Route } from "../core/router";
import { cancelSubscription } from "../stripe/billing/cancel-subscription";
import { changeSubscription } from "../stripe/billing/change-subscription";
import { markUncollectible, voidInvoice } from "../stripe/billing/close-invoice";
import { createSubscription } from "../stripe/billing/create-subscription";
import { deleteCustomer } from "../stripe/billing/delete-customer";
import { paymentOfInvoice } from "../stripe/billing/invoice-progress";
import { invoiceOf } from "../stripe/billing/invoices";
import type { Subscription } from "../stripe/billing/objects";
import { pauseSubscription, resumeSubscription } from "../stripe/billing/pause-subscription";
import { payInvoice } from "../stripe/billing/pay-invoice";
import { actInPortal, portalView } from "../stripe/billing/portal-actions";
import { runDue } from "../stripe/billing/run-due";
import { subscriptionOf } from "../stripe/billing/subscriptions";
import { customerOf, updateCustomer } from "../stripe/customers";
import { change } from "../stripe/events";
import { tokenOrMethod } from "../stripe/payment-methods";
import type { StripeState } from "../stripe/state";
import { ControlError, readBody } from "./respond";

const MS = 1_000;
const BAD_REQUEST = 400;

export const subscribeInput = z.strictObject({
  customer: z.string(),
  price: z.string().default("price_bay_monthly"),
  quantity: z.number().int().min(1).default(1),
  /** Saved as the customer's default first; `pm_card_…`, or one that is saved already. */
  card: z.string().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  taxRates: z.array(z.string()).default(["txr_vat_20"]),
  /** Plays it from an earlier moment until now: renewals, invoices, retries. */
  startedAt: z.iso.datetime({ offset: true }).optional(),
});
export const subscriptionChangeInput = z.strictObject({
  quantity: z.number().int().min(0).optional(),
  price: z.string().optional(),
  prorate: z.enum(["create_prorations", "always_invoice", "none"]).optional(),
  cancelAtPeriodEnd: z.boolean().optional(),
  /** Seconds since 1970; null takes it back. */
  cancelAt: z.number().int().nullable().optional(),
  pauseCollection: z.enum(["keep_as_draft", "mark_uncollectible", "void"]).nullable().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});
export const subscriptionStatusInput = z.strictObject({
  status: z.enum(["active", "canceled", "past_due", "paused", "unpaid"]),
});
export const invoiceStatusInput = z.strictObject({
  status: z.enum(["paid", "paid-elsewhere", "uncollectible", "void"]),
  /** Pays instead of the default card. */
  card: z.string().optional(),
});
export const retriesInput = z.strictObject({
  afterDays: z.array(z.number().min(0).max(60)).max(8),
  finally: z.enum(["canceled", "unpaid", "past_due"]),
});
export const portalInput = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("bays"), subscription: z.string(), bays: z.number().int().min(1) }),
  z.strictObject({ do: z.literal("switch"), subscription: z.string(), price: z.string() }),
  z.strictObject({ do: z.enum(["cancel", "resume"]), subscription: z.string() }),
  z.strictObject({ do: z.literal("card"), card: z.string() }),
  z.strictObject({ do: z.literal("pay"), invoice: z.string() }),
]);

type Subscribing = z.output<typeof subscribeInput>;

function begin(
  state: StripeState,
  { customer, price, quantity, card, metadata, taxRates }: Subscribing,
): Subscription {
  if (card !== undefined) {
    const { id } = tokenOrMethod(state, card, { attachTo: customer });
    const settings = { invoice_settings: { default_payment_method: id } };
    updateCustomer(state, customerOf(state, customer, "customer"), settings);
  }
  return createSubscription(state, {
    customer,
    items: [{ price, quantity }],
    default_tax_rates: taxRates,
    metadata,
  });
}

/** Begins a subscription, now or in the past; from there everything happens as Stripe does it. */
function subscribe(state: StripeState, given: Subscribing): Subscription {
  const at = given.startedAt === undefined ? null : Math.floor(Date.parse(given.startedAt) / MS);
  if (at !== null && at > state.now()) throw new ControlError(BAD_REQUEST, "startedAt is in the future.");
  state.playing = at;
  try {
    const { id } = begin(state, given);
    state.playing = null;
    runDue(state);
    return subscriptionOf(state, id);
  } finally {
    state.playing = null;
  }
}

function changeIt(
  state: StripeState,
  id: string,
  given: z.output<typeof subscriptionChangeInput>,
): Subscription {
  const subscription = subscriptionOf(state, id);
  const { quantity, price, prorate, cancelAt, cancelAtPeriodEnd, pauseCollection: pause, metadata } = given;
  const [item] = subscription.items.data;
  const moves = quantity !== undefined || price !== undefined;
  return changeSubscription(state, subscription, {
    ...(moves && item ? { items: [{ id: item.id, quantity, price }] } : {}),
    proration_behavior: prorate,
    cancel_at: cancelAt,
    cancel_at_period_end: cancelAtPeriodEnd,
    pause_collection: pause === undefined ? undefined : pause && { behavior: pause },
    metadata,
  });
}

/** Somebody at Stripe's dashboard, or a rule there, puts a subscription into a state. */
function force(
  state: StripeState,
  id: string,
  { status }: z.output<typeof subscriptionStatusInput>,
): Subscription {
  const subscription = subscriptionOf(state, id);
  if (status === "paused") return pauseSubscription(state, subscription);
  if (status === "canceled") return cancelSubscription(state, subscription, {});
  if (status === "active" && subscription.status === "paused") return resumeSubscription(state, subscription);
  return change(state, state.subscriptions, subscription, { status }, "customer.subscription.updated");
}

function moveInvoice(state: StripeState, id: string, { status, card }: z.output<typeof invoiceStatusInput>) {
  const invoice = invoiceOf(state, id);
  switch (status) {
    case "void":
      return voidInvoice(state, invoice);
    case "uncollectible":
      return markUncollectible(state, invoice);
    default:
      return payInvoice(state, invoice, {
        automatic: false,
        offSession: false,
        outOfBand: status === "paid-elsewhere",
        method: card === undefined ? undefined : tokenOrMethod(state, card),
      });
  }
}

/** The payment that paid an invoice, or is to pay it. */
export function intentOfInvoice(state: StripeState, invoice: string): string {
  const payment = paymentOfInvoice(state, invoiceOf(state, invoice).id);
  if (!payment) throw new ControlError(BAD_REQUEST, `${invoice} has no payment.`);
  return payment.payment.payment_intent;
}

type Handler = (state: StripeState, id: string, request: Parameters<Route["handle"]>[0]) => unknown;
type On = (method: "GET" | "POST" | "DELETE", path: string, act: Handler) => Route;

/** What happens to subscriptions and their invoices without the application. */
export const billingRoutes = (on: On): Route[] => [
  on("POST", "/subscriptions", (state, _id, request) => subscribe(state, readBody(subscribeInput, request))),
  on("POST", "/subscriptions/:id/change", (state, id, request) =>
    changeIt(state, id, readBody(subscriptionChangeInput, request)),
  ),
  on("POST", "/subscriptions/:id/status", (state, id, request) =>
    force(state, id, readBody(subscriptionStatusInput, request)),
  ),
  on("POST", "/invoices/:id/status", (state, id, request) =>
    moveInvoice(state, id, readBody(invoiceStatusInput, request)),
  ),
  on("POST", "/retries", (state, _id, request) => {
    state.retries = readBody(retriesInput, request);
    return state.retries;
  }),
  on("GET", "/portal/:id", (state, id) => portalView(state, id)),
  on("POST", "/portal/:id", (state, id, request) => actInPortal(state, id, readBody(portalInput, request))),
  on("DELETE", "/customers/:id", (state, id) => deleteCustomer(state, id)),
];
