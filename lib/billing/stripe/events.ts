import { z } from "zod";
import { cleanJson } from "@/lib/shared/clean-json";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { stripe } from "./client";

/** A delivery whose signature was right, as far as we read it. */
export type StripeEvent = {
  readonly id: string;
  readonly type: string;
  /** What it is about: that is read again from Stripe, whatever the event itself says of it. */
  readonly subject: Subject;
  /** The event as it came, storable. */
  readonly payload: Record<string, unknown>;
};

export type Subject =
  | { readonly kind: "session" | "payment" | "customer"; readonly id: string }
  | SubscriptionSubject
  | { readonly kind: "none" };

/** A subscription, or an invoice of one. */
export type SubscriptionSubject = {
  readonly kind: "subscription";
  readonly id: string;
  readonly invoiceId?: string;
  /** How the subscription stood when the event was made. */
  readonly told?: Told;
};

/** What an event said of a subscription at its own time; what is true now is read from Stripe. */
export type Told = {
  readonly status: string;
  readonly bays: number;
  readonly at: Date;
};

/** The form of an id of Stripe's. Anything else is refused before it gets into a request to Stripe or into a key. */
const ID = /^\w{1,255}$/;

const envelope = z.looseObject({
  id: z.string().regex(ID),
  type: z.string().regex(/^[\w.]{1,100}$/),
  created: z.number().int().nonnegative().optional().catch(undefined),
  data: z.object({ object: z.looseObject({}), previous_attributes: z.looseObject({}).optional() }),
});

const TOLERANCE_SECONDS = 300;
const NOT_SIGNED = "The signature is missing or wrong.";

const NONE = { kind: "none" } as const satisfies Subject;

/** What we act on. Everything else is stored and answered. */
export const HANDLED_EVENTS = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "charge.refunded",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
  "payment_method.attached",
  "payment_method.automatically_updated",
  "payment_method.detached",
  "payment_method.updated",
  "customer.updated",
  "customer.deleted",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "invoice.voided",
  "invoice.marked_uncollectible",
] as const;

/** Throws unauthenticated for a missing, wrong or stale signature, invalid_input for a body that is no event. */
export function readDelivery(raw: Buffer, signature: string | null): StripeEvent {
  verify(raw, signature ?? "");
  return toEvent(parseJson(raw));
}

/** Compares in constant time, refuses what is older than five minutes, and whatever the library cannot read or compare. */
function verify(raw: Buffer, header: string): void {
  const { signature } = stripe().webhooks;
  let verified: boolean;
  try {
    verified = signature?.verifyHeader(raw, header, env().STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS) ?? false;
  } catch (cause) {
    throw new AppError("unauthenticated", NOT_SIGNED, { cause });
  }
  if (!verified) throw new AppError("unauthenticated", NOT_SIGNED);
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch (cause) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause });
  }
}

/** An event from a delivery or from Stripe's list of events. */
export function toEvent(value: unknown): StripeEvent {
  const parsed = envelope.safeParse(cleanJson(value));
  if (!parsed.success) throw new AppError("invalid_input", "The body is not an event.");
  const { id, type, data, created } = parsed.data;
  return {
    id,
    type,
    subject: subjectOf(type, data.object, data.previous_attributes ?? {}, created),
    payload: parsed.data,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function subjectOf(type: string, object: Fields, previous: Fields, created: number | undefined): Subject {
  if (!(HANDLED_EVENTS as readonly string[]).includes(type)) return NONE;
  if (type.startsWith("checkout.session.")) return named("session", object.id);
  if (type.startsWith("payment_intent.")) return named("payment", object.id);
  if (type.startsWith("payment_method.")) return named("customer", object.customer ?? previous.customer);
  if (type.startsWith("customer.subscription.")) return subscriptionSubject(object, created);
  if (type.startsWith("customer.")) return named("customer", object.id);
  if (type.startsWith("invoice.")) return invoiceSubject(object);
  return named("payment", object.payment_intent);
}

/** Stripe names another object by its id, or has it whole. */
function named<Kind extends Exclude<Subject["kind"], "none">>(
  kind: Kind,
  reference: unknown,
): { readonly kind: Kind; readonly id: string } | typeof NONE {
  const whole = z.object({ id: z.string() }).safeParse(reference);
  const id = whole.success ? whole.data.id : reference;
  return typeof id === "string" && ID.test(id) ? { kind, id } : NONE;
}

const quantities = z.object({
  status: z.string(),
  items: z.object({ data: z.array(z.object({ quantity: z.number().int().nonnegative() })).length(1) }),
});

/** Of several items the event does not say which one counts: then only what is read does. */
function subscriptionSubject(object: Fields, created: number | undefined): Subject {
  const subject = named("subscription", object.id);
  const told = quantities.safeParse(object).data;
  const [item] = told?.items.data ?? [];
  if (subject.kind === "none" || !told || !item || created === undefined) return subject;
  return { ...subject, told: { status: told.status, bays: item.quantity, at: new Date(created * 1_000) } };
}

/**
 * Where an invoice names its subscription; an endpoint of an older API version has it beside the id.
 * Source: https://docs.stripe.com/api/invoices/object#invoice_object-parent
 */
const invoiceShape = z.object({
  id: z.string().regex(ID),
  parent: z
    .object({ subscription_details: z.object({ subscription: z.unknown() }) })
    .nullish()
    .catch(null),
  subscription: z.unknown().optional(),
});

/** An invoice of no subscription is none of ours. */
function invoiceSubject(object: Fields): Subject {
  const invoice = invoiceShape.safeParse(object).data;
  if (!invoice) return NONE;
  const { parent, subscription } = invoice;
  const subject = named("subscription", parent?.subscription_details.subscription ?? subscription);
  return subject.kind === "none" ? NONE : { ...subject, invoiceId: invoice.id };
}
