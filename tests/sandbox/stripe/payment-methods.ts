import type Stripe from "stripe";
import { z } from "zod";
import { cardOfToken, findCard } from "./cards";
import { declineOf } from "./declines";
import type { Endpoint } from "./endpoint";
import { noSuch, refusal, StripeFailure } from "./errors";
import { change, emit } from "./events";
import { listBy } from "./lists";
import { addCard } from "./method-objects";
import type { PaymentMethod } from "./objects";
import {
  address,
  fullAddress,
  ignored,
  int,
  mergeMetadata,
  metadata,
  type ParamsOf,
  unsettable,
  words,
} from "./params";
import type { StripeState } from "./state";

const PAYMENT_REQUIRED = 402;
const YEARS_AHEAD = 5;
const DECEMBER = 12;

const billing = z.strictObject({
  address: address.optional(),
  email: unsettable.optional(),
  name: unsettable.optional(),
  phone: unsettable.optional(),
});
const methodParams = z.strictObject({
  type: z.enum(["card"]),
  card: z.strictObject({
    number: words,
    exp_month: int,
    exp_year: int,
    cvc: words.optional(),
  }),
  billing_details: billing.optional(),
  metadata: metadata.optional(),
  allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
} satisfies ParamsOf<Stripe.PaymentMethodCreateParams>);
const methodChange = z.strictObject({
  billing_details: billing.optional(),
  metadata: metadata.optional(),
  allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
  card: z.strictObject({ exp_month: int.optional(), exp_year: int.optional(), networks: ignored }).optional(),
} satisfies ParamsOf<Stripe.PaymentMethodUpdateParams>);

const cardError = (code: string, message: string, param: string, declineCode?: string): StripeFailure =>
  new StripeFailure(PAYMENT_REQUIRED, {
    type: "card_error",
    code,
    message,
    param,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
  });

function createMethod(state: StripeState, params: z.output<typeof methodParams>): PaymentMethod {
  const { number, exp_month: expMonth, exp_year: expYear } = params.card;
  const found = findCard(number);
  if (found.kind === "refused") throw cardError(found.code, found.message, "number", found.declineCode);
  if (expMonth < 1 || expMonth > DECEMBER)
    throw cardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  if (expYear < state.sandbox.clock.now().getUTCFullYear())
    throw cardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  const method = addCard(state, { card: found.card, expMonth, expYear, name: null, email: null });
  return change(state, state.paymentMethods, method, patchOf(method, params));
}

function patchOf(before: PaymentMethod, params: z.output<typeof methodChange>): Partial<PaymentMethod> {
  const { billing_details: person, card } = params;
  const { address: place, ...rest } = person ?? {};
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    metadata: mergeMetadata(before.metadata, params.metadata),
    billing_details: {
      ...before.billing_details,
      ...told,
      ...(place === undefined ? {} : { address: fullAddress(place) }),
    },
    ...(params.allow_redisplay === undefined ? {} : { allow_redisplay: params.allow_redisplay }),
    ...(card === undefined || before.card === undefined
      ? {}
      : {
          card: {
            ...before.card,
            exp_month: card.exp_month ?? before.card.exp_month,
            exp_year: card.exp_year ?? before.card.exp_year,
          },
        }),
  };
}

/** Saves a card with a customer; one that always declines is refused, as the bank is asked. */
export function attach(state: StripeState, method: PaymentMethod, customer: string): PaymentMethod {
  const file = state.cards.get(method.id);
  if (method.customer === customer) return method;
  if (method.customer !== null)
    throw refusal("The payment method you provided has already been attached to a customer.", {
      code: "payment_method_unexpected_state",
    });
  if (!file || file.isSpent) throw spent();
  const refused = file.declinesNow ?? file.card?.declines;
  if (refused) {
    const { code, declineCode, message } = declineOf(refused);
    throw cardError(code, message, "", declineCode);
  }
  const attached = state.paymentMethods.put({ ...method, customer });
  emit(state, "payment_method.attached", attached);
  return attached;
}

export const spent = (): StripeFailure =>
  refusal(
    "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.",
  );

function detach(state: StripeState, method: PaymentMethod): PaymentMethod {
  if (method.customer === null)
    throw refusal(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
    );
  const file = state.cards.get(method.id);
  if (file) state.cards.set(method.id, { ...file, isSpent: true });
  const owner = state.customers.get(method.customer);
  if (owner && owner.invoice_settings.default_payment_method === method.id) {
    const settings = { ...owner.invoice_settings, default_payment_method: null };
    change(state, state.customers, owner, { invoice_settings: settings }, "customer.updated");
  }
  const detached = state.paymentMethods.put({ ...method, customer: null });
  emit(state, "payment_method.detached", detached, method);
  return detached;
}

/** A payment method by its id, or a new one of a `pm_card_…` that stands for it. */
export function tokenOrMethod(
  state: StripeState,
  id: string,
  { attachTo, param = "payment_method" }: { attachTo?: string; param?: string | undefined } = {},
): PaymentMethod {
  const card = cardOfToken(id);
  const expYear = state.sandbox.clock.now().getUTCFullYear() + YEARS_AHEAD;
  const method = card
    ? addCard(state, { card, expMonth: DECEMBER, expYear, name: null, email: null })
    : state.paymentMethods.get(id);
  if (!method) throw noSuch("PaymentMethod", id, param);
  return attachTo === undefined ? method : attach(state, method, attachTo);
}

function methodOf({ paymentMethods }: StripeState, id: string): PaymentMethod {
  const method = paymentMethods.get(id);
  if (!method) throw noSuch("PaymentMethod", id);
  return method;
}

function attachTo(state: StripeState, id: string, customer: string): PaymentMethod {
  if (!state.customers.get(customer)) throw noSuch("customer", customer, "customer");
  if (!cardOfToken(id)) methodOf(state, id);
  return tokenOrMethod(state, id, { attachTo: customer });
}

const listed = (state: StripeState, customer: string) => {
  if (!state.customers.get(customer)) throw noSuch("customer", customer, "customer");
  return state.paymentMethods.list().filter((method) => method.customer === customer);
};

export const paymentMethodEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/payment_methods",
    name: "paymentMethods.create",
    run: (state, call) => createMethod(state, call.read(methodParams)),
  },
  {
    method: "GET",
    path: "/payment_methods",
    name: "paymentMethods.list",
    run: (state, { given, path }) => {
      const { customer } = given;
      const own = typeof customer === "string" ? listed(state, customer) : [];
      return listBy(own, given, ["customer", "type"], path);
    },
  },
  {
    method: "GET",
    path: "/payment_methods/:id",
    name: "paymentMethods.retrieve",
    run: (state, { id }) => methodOf(state, id),
  },
  {
    method: "POST",
    path: "/payment_methods/:id",
    name: "paymentMethods.update",
    run: (state, call) => {
      const before = methodOf(state, call.id);
      const patch = patchOf(before, call.read(methodChange));
      return change(state, state.paymentMethods, before, patch, "payment_method.updated");
    },
  },
  {
    method: "POST",
    path: "/payment_methods/:id/attach",
    name: "paymentMethods.attach",
    run: (state, call) => attachTo(state, call.id, call.read(z.strictObject({ customer: words })).customer),
  },
  {
    method: "POST",
    path: "/payment_methods/:id/detach",
    name: "paymentMethods.detach",
    run: (state, { id }) => detach(state, methodOf(state, id)),
  },
  {
    method: "GET",
    path: "/customers/:id/payment_methods",
    name: "customers.listPaymentMethods",
    run: (state, { id, given, path }) => listBy(listed(state, id), given, ["type"], path),
  },
];
