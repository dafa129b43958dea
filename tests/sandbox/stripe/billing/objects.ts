import type Stripe from "stripe";
import type { List } from "../lists";
import type { Price } from "../objects";

/*
 * What billing keeps, in the SDK's own types as `../objects.ts` has them: expandable fields hold ids, decimals are texts.
 */

type Id = string | null;

export type TaxRate = Stripe.TaxRate;
/** What prices were called before; items still carry it. */
export type Plan = Omit<Stripe.Plan, "amount_decimal"> & { amount_decimal: string };
export type SubscriptionItem = Omit<Stripe.SubscriptionItem, "price" | "plan"> & {
  price: Price;
  plan: Plan;
  quantity: number;
};

/** What one item of a subscription is to be. */
export interface NewItem {
  price: Price;
  quantity: number;
  taxRates: TaxRate[];
  metadata: SubscriptionItem["metadata"];
}

export type SubscriptionStatus =
  | "active"
  | "canceled"
  | "incomplete"
  | "incomplete_expired"
  | "past_due"
  | "paused"
  | "trialing"
  | "unpaid";
export type Subscription = Omit<Stripe.Subscription, "items"> & {
  customer: string;
  default_payment_method: Id;
  default_tax_rates: TaxRate[];
  items: List<SubscriptionItem>;
  latest_invoice: Id;
  status: SubscriptionStatus;
};

/** What a subscription's item will be from its next period on. */
export interface Scheduled {
  quantity: number;
  price: string;
}

export type InvoiceStatus = "draft" | "open" | "paid" | "uncollectible" | "void";
export type Line = Omit<Stripe.InvoiceLineItem, "pricing" | "quantity_decimal"> & {
  pricing: {
    price_details: { price: string; product: string };
    type: "price_details";
    unit_amount_decimal: string;
  };
  quantity_decimal: string | null;
  quantity: number;
};
export type Invoice = Omit<Stripe.Invoice, "lines" | "payments"> & {
  auto_advance: boolean;
  customer: string;
  default_payment_method: Id;
  lines: List<Line>;
  status: InvoiceStatus;
};
export type BillingReason =
  | "subscription_create"
  | "subscription_cycle"
  | "subscription_update"
  | "manual"
  | "upcoming";
export type InvoicePayment = Stripe.InvoicePayment & {
  invoice: string;
  payment: { payment_intent: string; type: "payment_intent" };
};
/** A proration that waits for the next invoice. */
export type InvoiceItem = Omit<Stripe.InvoiceItem, "pricing" | "quantity_decimal"> & {
  customer: string;
  invoice: Id;
  pricing: Line["pricing"];
  quantity_decimal: string;
  tax_rates: TaxRate[];
};

/** What is charged or credited, before it stands on an invoice. */
export interface Charged {
  item: SubscriptionItem;
  amount: number;
  description: string;
  period: { start: number; end: number };
  quantity: number;
  taxRates: readonly TaxRate[];
  /** The pending invoice item it was, where it is a proration. */
  proration: { invoiceItem: string } | null;
}

export type PortalConfiguration = Stripe.BillingPortal.Configuration;
export type PortalSession = Stripe.BillingPortal.Session & { configuration: string; return_url: Id };
