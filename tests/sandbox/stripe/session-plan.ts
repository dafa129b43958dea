import type Stripe from "stripe";
import type { NewItem } from "./billing/objects";
import type { LineItem } from "./objects";

/** What a session was asked for and does not show: the payment it will make. */
export interface SessionPlan {
  lineItems: readonly LineItem[];
  payment: {
    metadata: Stripe.Metadata;
    description: string | null;
    receiptEmail: string | null;
    setupFutureUsage: "off_session" | "on_session" | null;
  };
  createsCustomer: boolean;
  /** What a session with `mode=subscription` will begin. */
  subscription: {
    items: readonly NewItem[];
    defaultTaxRates: NewItem["taxRates"];
    description: string | null;
    metadata: Stripe.Metadata;
  } | null;
  /** The payment that was begun for a subscription, which the session itself does not show. */
  intent: string | null;
}
