import type Stripe from "stripe";
import { z } from "zod";
import type { DisputeKind } from "./cards";
import type { Endpoint } from "./endpoint";
import { noSuch, refusal } from "./errors";
import { change, emit } from "./events";
import { listBy } from "./lists";
import type { Charge, Dispute } from "./objects";
import { flag, mergeMetadata, metadata, type ParamsOf, words } from "./params";
import type { StripeState } from "./state";

const WEEK = 7 * 86_400;

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** The customer's bank asks for the money back; of an inquiry it only asks what it was for. */
export function openDispute(
  state: StripeState,
  charge: Charge,
  { kind, amount = charge.amount }: { kind: DisputeKind; amount?: number | undefined },
): Dispute {
  const isInquiry = kind === "inquiry";
  const brand = charge.payment_method_details?.card?.brand ?? "visa";
  const dispute: Dispute = {
    id: state.newId("du"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: state.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: state.now() + WEEK,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: "manual",
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand,
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: brand,
        network_reason_code: "10.4",
      },
      type: "card",
    },
    reason: isInquiry ? "general" : kind,
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
  state.disputes.put(dispute);
  const current = state.charges.get(charge.id) ?? charge;
  change(state, state.charges, current, { disputed: true }, "charge.updated");
  emit(state, "charge.dispute.created", dispute);
  if (!isInquiry) emit(state, "charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

const CLOSED: readonly string[] = ["won", "lost", "warning_closed"];

/** Moves a dispute on, and says so; one that was lost may still be won later, as an appeal may. */
export function moveDispute(state: StripeState, before: Dispute, status: Dispute["status"]): Dispute {
  if (before.status === status) return before;
  const escalates = before.status.startsWith("warning_") && status === "needs_response";
  const moved = change(state, state.disputes, before, {
    status,
    is_charge_refundable: status.startsWith("warning_") || status === "won",
  });
  if (status === "won") emit(state, "charge.dispute.funds_reinstated", moved, before);
  if (escalates) emit(state, "charge.dispute.funds_withdrawn", moved, before);
  emit(state, CLOSED.includes(status) ? "charge.dispute.closed" : "charge.dispute.updated", moved, before);
  return moved;
}

const evidenceParams = z.strictObject({
  evidence: z
    .strictObject({ uncategorized_text: words.optional(), product_description: words.optional() })
    .optional(),
  metadata: metadata.optional(),
  submit: flag.optional(),
} satisfies ParamsOf<Stripe.DisputeUpdateParams>);

const VERDICTS: Readonly<Record<string, "won" | "lost">> = {
  winning_evidence: "won",
  losing_evidence: "lost",
};

/** Evidence with Stripe's two test texts decides at once. */
function respond(state: StripeState, before: Dispute, params: z.output<typeof evidenceParams>): Dispute {
  const { evidence, submit = true } = params;
  if (evidence && CLOSED.includes(before.status)) throw refusal("This dispute is already closed.");
  const told = Object.fromEntries(Object.entries(evidence ?? {}).filter(([, value]) => value !== undefined));
  const patch: Partial<Dispute> = {
    metadata: mergeMetadata(before.metadata, params.metadata),
    evidence: { ...before.evidence, ...told },
    evidence_details: { ...before.evidence_details, has_evidence: evidence !== undefined },
  };
  const updated = change(state, state.disputes, before, patch, "charge.dispute.updated");
  if (!evidence || !submit) return updated;
  const isWarning = before.status.startsWith("warning_");
  const verdict = VERDICTS[evidence.uncategorized_text ?? ""];
  const reviewed = moveDispute(state, updated, isWarning ? "warning_under_review" : "under_review");
  return verdict ? moveDispute(state, reviewed, verdict) : reviewed;
}

export function disputeOf({ disputes }: StripeState, id: string): Dispute {
  const dispute = disputes.get(id);
  if (!dispute) throw noSuch("dispute", id);
  return dispute;
}

export const disputeEndpoints: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/disputes",
    name: "disputes.list",
    run: ({ disputes }, { given, path }) =>
      listBy(disputes.list(), given, ["charge", "payment_intent"], path),
  },
  {
    method: "GET",
    path: "/disputes/:id",
    name: "disputes.retrieve",
    run: (state, { id }) => disputeOf(state, id),
  },
  {
    method: "POST",
    path: "/disputes/:id",
    name: "disputes.update",
    run: (state, call) => respond(state, disputeOf(state, call.id), call.read(evidenceParams)),
  },
  {
    method: "POST",
    path: "/disputes/:id/close",
    name: "disputes.close",
    run: (state, { id }) => moveDispute(state, disputeOf(state, id), "lost"),
  },
];
