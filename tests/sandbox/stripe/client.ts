import type { z } from "zod";
import type {
  cardInput,
  disputeInput,
  disputeStatusInput,
  payInput,
  refundInput,
  StripeKind,
} from "../control/stripe";
import type {
  invoiceStatusInput,
  portalInput,
  retriesInput,
  subscribeInput,
  subscriptionChangeInput,
  subscriptionStatusInput,
} from "../control/stripe-billing";
import type { Invoice, InvoiceItem, InvoicePayment, Subscription, TaxRate } from "./billing/objects";
import type { PortalView } from "./billing/portal-actions";
import type { DeclineName } from "./declines";
import type {
  Charge,
  Customer,
  Dispute,
  PaymentIntent,
  PaymentMethod,
  Price,
  Product,
  Refund,
  Session,
  StoredEvent,
} from "./objects";
import type { PayOutcome } from "./pay-outcome";
import type { Retries } from "./state";

interface Objects {
  customers: Customer;
  products: Product;
  prices: Price;
  paymentMethods: PaymentMethod;
  paymentIntents: PaymentIntent;
  charges: Charge;
  refunds: Refund;
  disputes: Dispute;
  sessions: Session;
  taxRates: TaxRate;
  subscriptions: Subscription;
  invoices: Invoice;
  invoiceItems: InvoiceItem;
  invoicePayments: InvoicePayment;
  events: StoredEvent;
}

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** The part of the control API that plays Stripe's customers, their banks, and the people at its dashboard. */
export const stripeClient = (ask: Ask) => ({
  counts: () => ask<Record<StripeKind, number>>("GET", "/stripe"),
  /** The newest first; `filter` by fields of the object. */
  list: async <K extends StripeKind>(kind: K, filter: Record<string, string> = {}): Promise<Objects[K][]> =>
    (await ask<{ objects: Objects[K][] }>("GET", `/stripe/${kind}?${new URLSearchParams(filter)}`)).objects,
  /** Pays a Checkout session as its page would. */
  pay: (session: string, given: z.input<typeof payInput> = {}) =>
    ask<PayOutcome>("POST", `/stripe/sessions/${session}/pay`, given),
  expire: (session: string) => ask<Session>("POST", `/stripe/sessions/${session}/expire`),
  /** The customer passes or fails the bank's authentication. */
  authenticate: (intent: string, passed: boolean) =>
    ask<PayOutcome>("POST", `/stripe/payment-intents/${intent}/authenticate`, { passed }),
  /** A bank debit comes through, or does not. */
  settle: (intent: string, succeeds: boolean) =>
    ask<PaymentIntent>("POST", `/stripe/payment-intents/${intent}/settle`, { succeeds }),
  /** Saves a card with a customer, without a page. */
  saveCard: (given: z.input<typeof cardInput>) => ask<PaymentMethod>("POST", "/stripe/cards", given),
  /** From now on this card is refused; null ends that. */
  declineCard: (method: string, decline: DeclineName | null) =>
    ask<unknown>("POST", `/stripe/payment-methods/${method}/decline`, { decline }),
  refund: (given: z.input<typeof refundInput>) => ask<Refund>("POST", "/stripe/refunds", given),
  moveRefund: (refund: string, status: "succeeded" | "pending" | "failed") =>
    ask<Refund>("POST", `/stripe/refunds/${refund}`, { status }),
  dispute: (given: z.input<typeof disputeInput>) => ask<Dispute>("POST", "/stripe/disputes", given),
  moveDispute: (dispute: string, status: z.input<typeof disputeStatusInput>["status"]) =>
    ask<Dispute>("POST", `/stripe/disputes/${dispute}`, { status }),
  /** A customer's subscription, charged at once to the default card; with `startedAt` played from then until now. */
  subscribe: (given: z.input<typeof subscribeInput>) =>
    ask<Subscription>("POST", "/stripe/subscriptions", given),
  /** Changes bays, price, end or collection, as somebody at the dashboard does. */
  changeSubscription: (subscription: string, given: z.input<typeof subscriptionChangeInput>) =>
    ask<Subscription>("POST", `/stripe/subscriptions/${subscription}/change`, given),
  /** Puts it into a state, whatever its invoices say. */
  forceSubscription: (subscription: string, status: z.input<typeof subscriptionStatusInput>["status"]) =>
    ask<Subscription>("POST", `/stripe/subscriptions/${subscription}/status`, { status }),
  /** Pays an invoice, voids it, or gives it up. */
  moveInvoice: (invoice: string, given: z.input<typeof invoiceStatusInput>) =>
    ask<Invoice>("POST", `/stripe/invoices/${invoice}/status`, given),
  /** When renewals that failed are tried again, and what follows after the last time; until a reset. */
  setRetries: (given: z.input<typeof retriesInput>) => ask<Retries>("POST", "/stripe/retries", given),
  /** What a customer sees in the portal, and does there. */
  portal: (session: string) => ask<PortalView>("GET", `/stripe/portal/${session}`),
  inPortal: (session: string, action: z.input<typeof portalInput>) =>
    ask<PortalView>("POST", `/stripe/portal/${session}`, action),
  deleteCustomer: (customer: string) => ask<unknown>("DELETE", `/stripe/customers/${customer}`),
  /** How many answers are being held back. */
  late: async () => (await ask<{ late: number }>("GET", "/stripe/late")).late,
  /** Lets them go. */
  answerLate: async () => (await ask<{ late: number }>("DELETE", "/stripe/late")).late,
  /** Delivers an event once more. */
  resend: (event: string) => ask<StoredEvent>("POST", `/stripe/events/${event}/resend`),
});
