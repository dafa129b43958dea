import type Stripe from "stripe";
import type { Reply } from "../core/http";

/*
 * What the sandbox keeps, in the SDK's own types at its pinned API version: expandable fields hold ids, and decimals
 * are still the strings that go over the wire.
 */

type Id = string | null;

export type Customer = Stripe.Customer & {
  invoice_settings: Stripe.Customer["invoice_settings"] & { default_payment_method: Id };
};
export type Product = Stripe.Product & { default_price: Id };
export type Price = Omit<Stripe.Price, "unit_amount_decimal" | "product"> & {
  unit_amount: number;
  unit_amount_decimal: string;
  product: string;
};
export type PaymentMethod = Stripe.PaymentMethod & { customer: Id; metadata: Stripe.Metadata };
export type PaymentIntent = Stripe.PaymentIntent & {
  customer: Id;
  latest_charge: Id;
  payment_method: Id;
  client_secret: string;
};
export type Charge = Omit<Stripe.Charge, "refunds"> & {
  customer: Id;
  payment_intent: string;
  payment_method: string;
  balance_transaction: Id;
};
export type Refund = Stripe.Refund & {
  charge: string;
  payment_intent: string;
  customer: Id;
  metadata: Stripe.Metadata;
};
export type Dispute = Stripe.Dispute & { charge: string; payment_intent: string };
export type Session = Omit<Stripe.Checkout.Session, "line_items"> & {
  customer: Id;
  payment_intent: Id;
  amount_total: number;
  currency: string;
  success_url: string;
  metadata: Stripe.Metadata;
};
export type LineItem = Omit<Stripe.LineItem, "price"> & { price: Price };

export type EventType = Stripe.Event["type"];
export interface StoredEvent {
  id: string;
  object: "event";
  api_version: typeof Stripe.API_VERSION;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
}

/** What a key was used for, and what came of it. */
export interface SavedAnswer {
  /** Method, path and parameters. */
  request: string;
  /** The request that was really carried out. */
  original: string;
  atSeconds: number;
  /** Undefined while it is under way. */
  reply: Extract<Reply, { kind: "reply" }> | undefined;
}
