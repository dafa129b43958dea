import type { z } from "zod";
import { type Attempt, attempt } from "./attempts";
import { customerOf } from "./customers";
import type { Endpoint } from "./endpoint";
import { misuse, noSuch, refusal, StripeFailure } from "./errors";
import { change, emit } from "./events";
import { cancelParams, confirmParams, createParams, updateParams } from "./intent-params";
import { listBy } from "./lists";
import { createIntent } from "./new-intent";
import type { PaymentIntent } from "./objects";
import { mergeMetadata } from "./params";
import { tokenOrMethod } from "./payment-methods";
import { sessionOfIntent } from "./session-progress";
import type { StripeState } from "./state";

const PAYMENT_REQUIRED = 402;
/** Thirty pence; Stripe takes no less in pounds. */
const LEAST = 30;
const MOST = 99_999_999;

type ConfirmParams = z.output<typeof confirmParams>;

function checkAmount(amount: number): void {
  const param = { param: "amount" };
  if (amount < 1) throw misuse("This value must be greater than or equal to 1.", param);
  if (amount < LEAST)
    throw refusal("Amount must be at least £0.30 gbp", { code: "amount_too_small", ...param });
  if (amount > MOST)
    throw refusal("Amount must be no more than £999,999.99", { code: "amount_too_large", ...param });
}

function create(state: StripeState, params: z.output<typeof createParams>): PaymentIntent {
  const { amount, customer, payment_method: method, confirm, automatic_payment_methods: automatic } = params;
  if (params.off_session !== undefined && !confirm)
    throw misuse(
      "The parameter `off_session` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.",
      { param: "off_session" },
    );
  checkAmount(amount);
  if (customer !== undefined) customerOf(state, customer, "customer");
  const chosen = method === undefined ? null : tokenOrMethod(state, method);
  const intent = createIntent(state, {
    amount,
    currency: params.currency,
    customer: customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    receiptEmail: params.receipt_email ?? null,
    setupFutureUsage: params.setup_future_usage ?? null,
    types: params.allowed_payment_method_types ?? ["card"],
  });
  const enabled = automatic?.enabled ?? params.allowed_payment_method_types === undefined;
  const kept = change(state, state.paymentIntents, intent, {
    automatic_payment_methods: enabled
      ? { enabled, allow_redirects: automatic?.allow_redirects ?? "always" }
      : null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    ...(chosen ? { payment_method: chosen.id, status: "requires_confirmation" as const } : {}),
  });
  return confirm ? confirmIntent(state, kept, params) : kept;
}

const CHANGEABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

function update(
  state: StripeState,
  before: PaymentIntent,
  params: z.output<typeof updateParams>,
): PaymentIntent {
  const { amount, customer, payment_method: method } = params;
  const fixed = amount ?? customer ?? method ?? params.currency ?? params.setup_future_usage;
  if (fixed !== undefined && !CHANGEABLE.includes(before.status))
    throw unexpected(
      before,
      `This PaymentIntent could not be updated because it has a status of ${before.status}.`,
    );
  if (amount !== undefined) checkAmount(amount);
  if (customer !== undefined) customerOf(state, customer, "customer");
  const chosen = method === undefined ? undefined : tokenOrMethod(state, method).id;
  return change(state, state.paymentIntents, before, {
    ...(amount === undefined ? {} : { amount }),
    ...(customer === undefined ? {} : { customer }),
    ...(params.currency === undefined ? {} : { currency: params.currency }),
    ...(params.description === undefined ? {} : { description: params.description }),
    ...(params.receipt_email === undefined ? {} : { receipt_email: params.receipt_email }),
    ...(params.setup_future_usage === undefined ? {} : { setup_future_usage: params.setup_future_usage }),
    ...(chosen === undefined ? {} : { payment_method: chosen, status: "requires_confirmation" as const }),
    metadata: mergeMetadata(before.metadata, params.metadata),
  });
}

const unexpected = (intent: PaymentIntent, message: string): StripeFailure =>
  refusal(message, { code: "payment_intent_unexpected_state", payment_intent: intent });

/** What belongs to an open Checkout session is moved by its page alone. */
function refuseCheckouts(state: StripeState, intent: PaymentIntent): void {
  const session = sessionOfIntent(state, intent.id);
  if (session?.status === "open")
    throw unexpected(intent, `This PaymentIntent belongs to the open Checkout Session ${session.id}.`);
}

function confirmIntent(state: StripeState, before: PaymentIntent, params: ConfirmParams): PaymentIntent {
  refuseCheckouts(state, before);
  if (!CHANGEABLE.includes(before.status))
    throw unexpected(
      before,
      before.status === "succeeded"
        ? "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
        : `You cannot confirm this PaymentIntent because it has a status of ${before.status}.`,
    );
  const id = params.payment_method ?? before.payment_method;
  if (id === null)
    throw unexpected(
      before,
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    );
  const intent = change(state, state.paymentIntents, before, {
    ...(params.receipt_email === undefined ? {} : { receipt_email: params.receipt_email }),
    ...(params.setup_future_usage === undefined ? {} : { setup_future_usage: params.setup_future_usage }),
  });
  const tried = attempt(state, {
    intent,
    method: tokenOrMethod(state, id),
    offSession: params.off_session ?? false,
    authenticated: false,
    returnUrl: params.return_url ?? null,
  });
  return resultOf(tried, params.error_on_requires_action ?? false);
}

function resultOf(tried: Attempt, errorOnAction: boolean): PaymentIntent {
  if (tried.kind === "declined") throw tried.failure;
  if (tried.kind === "asks" && errorOnAction)
    throw new StripeFailure(PAYMENT_REQUIRED, {
      type: "card_error",
      code: "authentication_required",
      decline_code: "authentication_not_handled",
      message:
        "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.",
      payment_intent: tried.intent,
    });
  return tried.intent;
}

export function cancelIntent(
  state: StripeState,
  before: PaymentIntent,
  reason: PaymentIntent["cancellation_reason"],
): PaymentIntent {
  if (!CHANGEABLE.includes(before.status))
    throw unexpected(
      before,
      `You cannot cancel this PaymentIntent because it has a status of ${before.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CHANGEABLE.join(", ")}, requires_capture, processing.`,
    );
  const canceled = change(state, state.paymentIntents, before, {
    status: "canceled",
    canceled_at: state.now(),
    cancellation_reason: reason,
    next_action: null,
  });
  emit(state, "payment_intent.canceled", canceled);
  return canceled;
}

export function intentOf({ paymentIntents }: StripeState, id: string, param?: string): PaymentIntent {
  const intent = paymentIntents.get(id);
  if (!intent) throw noSuch("payment_intent", id, param);
  return intent;
}

export const paymentIntentEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/payment_intents",
    name: "paymentIntents.create",
    run: (state, call) => create(state, call.read(createParams)),
  },
  {
    method: "GET",
    path: "/payment_intents",
    name: "paymentIntents.list",
    run: ({ paymentIntents }, { given, path }) => listBy(paymentIntents.list(), given, ["customer"], path),
  },
  {
    method: "GET",
    path: "/payment_intents/:id",
    name: "paymentIntents.retrieve",
    run: (state, { id }) => intentOf(state, id),
  },
  {
    method: "POST",
    path: "/payment_intents/:id",
    name: "paymentIntents.update",
    run: (state, call) => update(state, intentOf(state, call.id), call.read(updateParams)),
  },
  {
    method: "POST",
    path: "/payment_intents/:id/confirm",
    name: "paymentIntents.confirm",
    run: (state, call) => confirmIntent(state, intentOf(state, call.id), call.read(confirmParams)),
  },
  {
    method: "POST",
    path: "/payment_intents/:id/cancel",
    name: "paymentIntents.cancel",
    run: (state, call) => {
      const intent = intentOf(state, call.id);
      const { cancellation_reason: reason } = call.read(cancelParams);
      refuseCheckouts(state, intent);
      return cancelIntent(state, intent, reason ?? null);
    },
  },
];
