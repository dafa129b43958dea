import type Stripe from "stripe";
import { z } from "zod";
import { chargeOf } from "./charges";
import type { Endpoint } from "./endpoint";
import { misuse, noSuch, refusal } from "./errors";
import { change, emit } from "./events";
import { listBy } from "./lists";
import type { Charge, Refund } from "./objects";
import { int, mergeMetadata, metadata, type ParamsOf, words } from "./params";
import { intentOf } from "./payment-intents";
import { pounds } from "./pounds";
import type { StripeState } from "./state";

export type RefundStatus = "succeeded" | "pending" | "failed";

const refundParams = z.strictObject({
  amount: int.optional(),
  charge: words.optional(),
  payment_intent: words.optional(),
  metadata: metadata.optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
} satisfies ParamsOf<Stripe.RefundCreateParams>);

export type RefundParams = z.output<typeof refundParams>;

function chargeToRefund(state: StripeState, { charge, payment_intent: intent }: RefundParams): Charge {
  if (charge !== undefined) return chargeOf(state, charge, "charge");
  if (intent === undefined)
    throw misuse(
      "One of the following params should be provided for this request: payment_intent or charge.",
      {
        code: "parameter_missing",
      },
    );
  const { latest_charge: latest, status } = intentOf(state, intent, "payment_intent");
  const found = status === "succeeded" && latest !== null ? state.charges.get(latest) : undefined;
  if (!found) throw refusal(`This PaymentIntent (${intent}) does not have a successful charge to refund.`);
  return found;
}

function amountOf(charge: Charge, asked: number | undefined): number {
  const left = charge.amount - charge.amount_refunded;
  if (charge.status !== "succeeded")
    throw refusal(`Charge ${charge.id} has not succeeded and cannot be refunded.`, {
      code: "charge_not_refundable",
    });
  if (left === 0)
    throw refusal(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const amount = asked ?? left;
  if (amount < 1)
    throw misuse("Invalid positive integer", { param: "amount", code: "parameter_invalid_integer" });
  if (amount > left)
    throw refusal(
      `Refund amount (${pounds(amount)}) is greater than unrefunded amount on charge (${pounds(left)})`,
      { param: "amount" },
    );
  return amount;
}

/** Money in dispute has left already. */
function refuseDisputed({ disputes }: StripeState, charge: Charge): void {
  const open = disputes.list().some((one) => one.charge === charge.id && !one.is_charge_refundable);
  if (open)
    throw refusal(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
      param: "charge",
    });
}

/** Gives money back. `status` is scripted; otherwise the card says whether it stays pending. */
export function createRefund(state: StripeState, params: RefundParams, status?: RefundStatus): Refund {
  const charge = chargeToRefund(state, params);
  refuseDisputed(state, charge);
  const amount = amountOf(charge, params.amount);
  const isSlow = state.cards.get(charge.payment_method)?.card?.refundsPend ?? false;
  const refund: Refund = {
    id: state.newId("re"),
    object: "refund",
    amount,
    balance_transaction: state.newId("txn"),
    charge: charge.id,
    created: state.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { card: { type: "refund", reference_status: "pending" }, type: "card" },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: status === "failed" || isSlow ? "pending" : (status ?? "succeeded"),
    transfer_reversal: null,
  };
  state.refunds.put(refund);
  emit(state, "refund.created", refund);
  recount(state, charge, charge.amount_refunded + amount, "charge.refunded");
  return status === "failed" ? moveRefund(state, refund, "failed") : refund;
}

function recount(
  state: StripeState,
  charge: Charge,
  refunded: number,
  type: "charge.refunded" | "charge.updated",
): void {
  const patch = { amount_refunded: refunded, refunded: refunded === charge.amount };
  change(state, state.charges, charge, patch, type);
}

/** A refund comes through, or the bank sends it back and the money is ours again. */
export function moveRefund(state: StripeState, before: Refund, status: RefundStatus): Refund {
  if (before.status === status || before.status === "failed") return before;
  const moved = change(
    state,
    state.refunds,
    before,
    { status, ...(status === "failed" ? { failure_reason: "lost_or_stolen_card" } : {}) },
    "refund.updated",
  );
  if (status !== "failed") return moved;
  emit(state, "refund.failed", moved);
  const charge = chargeOf(state, moved.charge);
  recount(state, charge, charge.amount_refunded - moved.amount, "charge.updated");
  return moved;
}

export function refundOf({ refunds }: StripeState, id: string): Refund {
  const refund = refunds.get(id);
  if (!refund) throw noSuch("refund", id);
  return refund;
}

const changeParams = z.strictObject({ metadata: metadata.optional() });

export const refundEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/refunds",
    name: "refunds.create",
    run: (state, call) => createRefund(state, call.read(refundParams)),
  },
  {
    method: "GET",
    path: "/refunds",
    name: "refunds.list",
    run: ({ refunds }, { given, path }) => listBy(refunds.list(), given, ["charge", "payment_intent"], path),
  },
  {
    method: "GET",
    path: "/refunds/:id",
    name: "refunds.retrieve",
    run: (state, { id }) => refundOf(state, id),
  },
  {
    method: "POST",
    path: "/refunds/:id",
    name: "refunds.update",
    run: (state, call) => {
      const before = refundOf(state, call.id);
      const data = mergeMetadata(before.metadata, call.read(changeParams).metadata);
      return change(state, state.refunds, before, { metadata: data }, "refund.updated");
    },
  },
];
