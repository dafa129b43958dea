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
  | { readonly kind: "none" };

/** Stripe's ids, ours and everybody's: nothing else goes into a request to Stripe or into a key. */
const ID = /^\w{1,255}$/;

const envelope = z.looseObject({
  id: z.string().regex(ID),
  type: z.string().regex(/^[\w.]{1,100}$/),
  data: z.object({ object: z.looseObject({}), previous_attributes: z.looseObject({}).optional() }),
});

const TOLERANCE_SECONDS = 300;
const NOT_SIGNED = "The signature is missing or wrong.";

const NONE: Subject = { kind: "none" };

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
  const { id, type, data } = parsed.data;
  return {
    id,
    type,
    subject: subjectOf(type, data.object, data.previous_attributes ?? {}),
    payload: parsed.data,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function subjectOf(type: string, object: Fields, previous: Fields): Subject {
  if (!(HANDLED_EVENTS as readonly string[]).includes(type)) return NONE;
  if (type.startsWith("checkout.session.")) return named("session", object.id);
  if (type.startsWith("payment_intent.")) return named("payment", object.id);
  if (type.startsWith("payment_method.")) return named("customer", object.customer ?? previous.customer);
  if (type === "customer.updated") return named("customer", object.id);
  return named("payment", object.payment_intent);
}

/** Stripe names another object by its id, or has it whole. */
function named(kind: Exclude<Subject["kind"], "none">, reference: unknown): Subject {
  const whole = z.object({ id: z.string() }).safeParse(reference);
  const id = whole.success ? whole.data.id : reference;
  return typeof id === "string" && ID.test(id) ? { kind, id } : NONE;
}
