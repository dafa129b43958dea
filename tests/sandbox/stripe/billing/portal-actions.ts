import { updateCustomer } from "../customers";
import { noSuch } from "../errors";
import type { Customer, PaymentMethod, Price } from "../objects";
import type { StripeState } from "../state";
import { changeSubscription, periodEnd } from "./change-subscription";
import type { Invoice, PortalSession, Scheduled, Subscription } from "./objects";
import { payInvoice } from "./pay-invoice";
import { portalSessionOf } from "./portal";
import { isLess, schedule } from "./scheduled";
import { subscriptionOf } from "./subscriptions";

const ENDED = ["canceled", "incomplete_expired"];

/** What a customer sees in the portal, the newest first. */
export interface PortalView {
  session: PortalSession;
  customer: Customer;
  /** Those that live. */
  subscriptions: Subscription[];
  /** Without drafts. */
  invoices: Invoice[];
  /** What a subscription will be from its next period on, by its id. */
  scheduled: ReadonlyMap<string, Scheduled>;
  cards: PaymentMethod[];
  defaultCard: PaymentMethod | undefined;
  /** What a subscription can be switched to. */
  prices: Price[];
}

export function portalView(state: StripeState, id: string): PortalView {
  const session = portalSessionOf(state, id);
  const customer = state.customers.get(session.customer);
  if (!customer) throw noSuch("customer", session.customer);
  const products = state.portalConfigurations.get(session.configuration)?.features.subscription_update
    .products;
  const own = <T extends { customer: string | null }>(all: T[]): T[] =>
    all.filter((one) => one.customer === customer.id);
  return {
    session,
    customer,
    subscriptions: own(state.subscriptions.list()).filter(({ status }) => !ENDED.includes(status)),
    invoices: own(state.invoices.list()).filter(({ status }) => status !== "draft"),
    scheduled: state.scheduled,
    cards: own(state.paymentMethods.list()),
    defaultCard: state.paymentMethods.get(customer.invoice_settings.default_payment_method ?? ""),
    prices: (products ?? [])
      .flatMap(({ prices }) => prices)
      .flatMap((price) => state.prices.get(price) ?? []),
  };
}

/** What a customer can do there. */
export type PortalAction =
  | { do: "bays"; subscription: string; bays: number }
  | { do: "switch"; subscription: string; price: string }
  | { do: "cancel" | "resume"; subscription: string }
  | { do: "card"; card: string }
  | { do: "pay"; invoice: string };

const subscriptionIn = ({ subscriptions }: PortalView, id: string): Subscription => {
  const found = subscriptions.find((one) => one.id === id);
  if (!found) throw noSuch("subscription", id);
  return found;
};

/** More is had and billed at once; less waits for the period's end, for it is paid until then. */
function changeItem(state: StripeState, subscription: Subscription, to: Partial<Scheduled>): void {
  const [item] = subscription.items.data;
  if (!item) return;
  const wanted = { quantity: item.quantity, price: item.price.id, ...to };
  const waits = isLess(state, item, wanted);
  schedule(state, subscription, waits ? wanted : undefined);
  if (waits) return;
  if (wanted.quantity === item.quantity && wanted.price === item.price.id) return;
  changeSubscription(state, subscriptionOf(state, subscription.id), {
    items: [{ id: item.id, ...wanted }],
    proration_behavior: "always_invoice",
  });
}

/** The card pays from now on: the customer's default, and that of each subscription. */
function setCard(state: StripeState, { customer, subscriptions, cards }: PortalView, id: string): void {
  if (!cards.some((card) => card.id === id)) throw noSuch("PaymentMethod", id);
  updateCustomer(state, customer, { invoice_settings: { default_payment_method: id } });
  for (const subscription of subscriptions)
    changeSubscription(state, subscription, { default_payment_method: id });
}

function pay(state: StripeState, { invoices }: PortalView, id: string): void {
  const invoice = invoices.find((one) => one.id === id);
  if (!invoice) throw noSuch("invoice", id);
  payInvoice(state, invoice, { automatic: false, offSession: false, outOfBand: false });
}

/** Does it as the portal does; a StripeFailure says why it cannot. Cancelling sets `cancel_at`, as with flexible billing. */
export function actInPortal(state: StripeState, id: string, action: PortalAction): PortalView {
  const view = portalView(state, id);
  switch (action.do) {
    case "bays":
      changeItem(state, subscriptionIn(view, action.subscription), { quantity: action.bays });
      break;
    case "switch":
      changeItem(state, subscriptionIn(view, action.subscription), { price: action.price });
      break;
    case "cancel": {
      const { id: ending } = subscriptionIn(view, action.subscription);
      schedule(state, subscriptionOf(state, ending));
      const subscription = subscriptionOf(state, ending);
      changeSubscription(state, subscription, { cancel_at: periodEnd(subscription) });
      break;
    }
    case "resume":
      changeSubscription(state, subscriptionIn(view, action.subscription), { cancel_at: null });
      break;
    case "card":
      setCard(state, view, action.card);
      break;
    case "pay":
      pay(state, view, action.invoice);
      break;
  }
  return portalView(state, id);
}
