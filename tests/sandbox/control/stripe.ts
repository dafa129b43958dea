import { z } from "zod";
import { record } from "../core/http";
import type { Route } from "../core/router";
import { authenticate, settle } from "../stripe/attempts";
import { runDue } from "../stripe/billing/run-due";
import { BANK_DEBIT, findCard } from "../stripe/cards";
import { chargeOf } from "../stripe/charges";
import { customerOf, updateCustomer } from "../stripe/customers";
import { DECLINE_NAMES } from "../stripe/declines";
import { disputeOf, moveDispute, openDispute } from "../stripe/disputes";
import { StripeFailure } from "../stripe/errors";
import { resend } from "../stripe/events";
import { KINDS } from "../stripe/kinds";
import { addBankDebit, addCard } from "../stripe/method-objects";
import { outcomeOf } from "../stripe/pay-outcome";
import { type Payer, paySession } from "../stripe/pay-session";
import { intentOf } from "../stripe/payment-intents";
import { attach, tokenOrMethod } from "../stripe/payment-methods";
import { createRefund, moveRefund, refundOf } from "../stripe/refunds";
import { expire, sessionOf } from "../stripe/sessions";
import type { StripeState } from "../stripe/state";
import type { Parts } from "./parts";
import { ControlError, readBody, route } from "./respond";
import { billingRoutes, intentOfInvoice } from "./stripe-billing";

const GOOD_CARD = "4242424242424242";
const YEARS_AHEAD = 5;
const DECEMBER = 12;
const BAD_REQUEST = 400;
const NOT_FOUND = 404;

export type StripeKind = (typeof KINDS)[number];

export const payInput = z.strictObject({
  /** A card that the customer saved before, instead of typing one. */
  paymentMethod: z.string().optional(),
  /** A test card's number, or `bacs_debit` for a payment that settles later. */
  card: z.string().default(GOOD_CARD),
  name: z.string().default("Sam Ortiz"),
  email: z.string().nullable().default(null),
});
export const cardInput = z.strictObject({
  customer: z.string(),
  /** A test card's number, or `bacs_debit`. */
  card: z.string().default(GOOD_CARD),
  /** Makes it the customer's default. */
  asDefault: z.boolean().default(false),
});
/** A payment, or the invoice it paid. */
const paid = {
  paymentIntent: z.string().optional(),
  invoice: z.string().optional(),
};
export const refundInput = z.strictObject({
  ...paid,
  /** Pence; all that is left if not given. */
  amount: z.number().int().min(1).optional(),
  /** `failed`: the bank takes it, and sends it back. */
  status: z.enum(["succeeded", "pending", "failed"]).default("succeeded"),
});
export const disputeInput = z.strictObject({
  ...paid,
  kind: z.enum(["fraudulent", "product_not_received", "inquiry"]).default("fraudulent"),
  amount: z.number().int().min(1).optional(),
});
const declineInput = z.strictObject({ decline: z.enum(DECLINE_NAMES).nullable() });
const authenticateInput = z.strictObject({ passed: z.boolean() });
const settleInput = z.strictObject({ succeeds: z.boolean() });
const refundStatusInput = z.strictObject({ status: z.enum(["succeeded", "pending", "failed"]) });
export const disputeStatusInput = z.strictObject({
  status: z.enum([
    "needs_response",
    "under_review",
    "won",
    "lost",
    "warning_needs_response",
    "warning_under_review",
    "warning_closed",
  ]),
});

const cardData = (state: StripeState, number: string, name: string, email: string | null) => {
  const found = findCard(number);
  if (found.kind === "refused") throw new ControlError(BAD_REQUEST, found.message);
  const expYear = state.sandbox.clock.now().getUTCFullYear() + YEARS_AHEAD;
  return { card: found.card, expMonth: DECEMBER, expYear, name, email };
};

function payerOf(state: StripeState, { paymentMethod, card, name, email }: z.output<typeof payInput>): Payer {
  if (paymentMethod !== undefined) return { kind: "saved", method: tokenOrMethod(state, paymentMethod) };
  if (card === BANK_DEBIT) return { kind: "bank-debit" };
  return { kind: "card", data: cardData(state, card, name, email) };
}

const pay = (state: StripeState, id: string, given: z.output<typeof payInput>) =>
  outcomeOf(paySession(state, sessionOf(state, id), payerOf(state, given)));

function saveCard(state: StripeState, { customer, card, asDefault }: z.output<typeof cardInput>) {
  const owner = customerOf(state, customer);
  const made =
    card === BANK_DEBIT
      ? addBankDebit(state)
      : addCard(state, cardData(state, card, owner.name ?? "", owner.email));
  const method = attach(state, made, customer);
  if (asDefault) updateCustomer(state, owner, { invoice_settings: { default_payment_method: method.id } });
  return method;
}

function declineLater(state: StripeState, id: string, { decline }: z.output<typeof declineInput>) {
  const file = state.cards.get(id);
  if (!file) throw new ControlError(NOT_FOUND, `No such payment method: ${id}`);
  state.cards.set(id, { ...file, declinesNow: decline });
}

function paymentOf(
  state: StripeState,
  given: { paymentIntent?: string | undefined; invoice?: string | undefined },
) {
  if (given.invoice !== undefined) return intentOfInvoice(state, given.invoice);
  return given.paymentIntent ?? "";
}

function dispute(state: StripeState, { kind, amount, ...given }: z.output<typeof disputeInput>) {
  const { latest_charge: latest } = intentOf(state, paymentOf(state, given));
  return openDispute(state, chargeOf(state, latest ?? ""), { kind, amount });
}

function kindOf(name: string | undefined): StripeKind {
  const kind = KINDS.find((one) => one === name);
  if (!kind) throw new ControlError(NOT_FOUND, `Stripe has: ${KINDS.join(", ")}`);
  return kind;
}

type Handler = (state: StripeState, id: string, request: Parameters<Route["handle"]>[0]) => unknown;

/** What customers, their banks and the people at the dashboard do. */
export function stripeRoutes({ stripe }: Pick<Parts, "stripe">): Route[] {
  const on = (method: "GET" | "POST" | "DELETE", path: string, act: Handler) =>
    route(method, `/stripe${path}`, (request) => {
      try {
        runDue(stripe);
        return act(stripe, request.params.id ?? "", request);
      } catch (error) {
        if (error instanceof StripeFailure) throw new ControlError(error.status, error.message);
        throw error;
      }
    });
  const counts = (state: StripeState) =>
    Object.fromEntries(KINDS.map((kind) => [kind, state[kind].list().length]));
  return [
    on("GET", "", counts),
    on("GET", "/late", (state) => ({ late: state.late.size })),
    on("DELETE", "/late", (state) => {
      const late = state.late.size;
      for (const letGo of state.late) letGo();
      return { late };
    }),
    on("POST", "/sessions/:id/pay", (state, id, request) => pay(state, id, readBody(payInput, request))),
    on("POST", "/sessions/:id/expire", (state, id) => expire(state, sessionOf(state, id))),
    on("POST", "/payment-intents/:id/authenticate", (state, id, request) => {
      const { passed } = readBody(authenticateInput, request);
      return outcomeOf({ kind: "tried", attempt: authenticate(state, intentOf(state, id), passed) });
    }),
    on("POST", "/payment-intents/:id/settle", (state, id, request) =>
      settle(state, intentOf(state, id), readBody(settleInput, request).succeeds),
    ),
    on("POST", "/cards", (state, _id, request) => saveCard(state, readBody(cardInput, request))),
    on("POST", "/payment-methods/:id/decline", (state, id, request) =>
      declineLater(state, id, readBody(declineInput, request)),
    ),
    on("POST", "/refunds", (state, _id, request) => {
      const { amount, status, ...given } = readBody(refundInput, request);
      return createRefund(state, { payment_intent: paymentOf(state, given), amount }, status);
    }),
    on("POST", "/refunds/:id", (state, id, request) =>
      moveRefund(state, refundOf(state, id), readBody(refundStatusInput, request).status),
    ),
    on("POST", "/disputes", (state, _id, request) => dispute(state, readBody(disputeInput, request))),
    on("POST", "/disputes/:id", (state, id, request) =>
      moveDispute(state, disputeOf(state, id), readBody(disputeStatusInput, request).status),
    ),
    on("POST", "/events/:id/resend", (state, id) => {
      const event = resend(state, id);
      if (!event) throw new ControlError(NOT_FOUND, `No such event: ${id}`);
      return event;
    }),
    ...billingRoutes(on),
    on("GET", "/:kind", (state, _id, { params, url }) => {
      const wanted = [...url.searchParams];
      const objects: { id: string }[] = state[kindOf(params.kind)].list();
      return {
        objects: objects.filter((one) =>
          wanted.every(([name, value]) => String(record(one)[name]) === value),
        ),
      };
    }),
  ];
}
