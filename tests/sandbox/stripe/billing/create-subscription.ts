import { customerOf } from "../customers";
import { refusal } from "../errors";
import { mergeMetadata } from "../params";
import type { StripeState } from "../state";
import type { NewItem, Subscription } from "./objects";
import { collect } from "./pay-invoice";
import { nextBoundary } from "./periods";
import { recurringPrice } from "./recurring-price";
import { startSubscription } from "./start-subscription";
import type { NewSubscription } from "./subscription-object";
import type { SubscriptionParams } from "./subscription-params";
import { ratesOf } from "./tax-rates";

const DAY = 86_400;

const itemsOf = (state: StripeState, { items }: SubscriptionParams): NewItem[] =>
  items.map((item, index) => ({
    price: recurringPrice(state, item.price, `items[${index}][price]`),
    quantity: item.quantity ?? 1,
    taxRates: ratesOf(state, item.tax_rates ?? [], `items[${index}][tax_rates]`),
    metadata: mergeMetadata({}, item.metadata),
  }));

/** The default card has to be one of the customer's own. */
export function ownMethod(state: StripeState, customer: string, id: string): string {
  if (state.paymentMethods.get(id)?.customer === customer) return id;
  throw refusal(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    { code: "resource_missing", param: "default_payment_method" },
  );
}

const trialEndOf = (state: StripeState, asked: SubscriptionParams): number | null =>
  asked.trial_end ?? (asked.trial_period_days ? state.now() + asked.trial_period_days * DAY : null);

function plan(state: StripeState, asked: SubscriptionParams): NewSubscription {
  const customer = customerOf(state, asked.customer, "customer");
  const items = itemsOf(state, asked);
  const [first] = items;
  if (!first?.price.recurring) throw refusal("A subscription needs items.", { param: "items" });
  const now = state.now();
  const trialEnd = trialEndOf(state, asked);
  const anchor = trialEnd ?? asked.billing_cycle_anchor ?? now;
  const end = trialEnd ?? nextBoundary(anchor, first.price.recurring, now);
  if (asked.backdate_start_date !== undefined || (asked.billing_cycle_anchor !== undefined && anchor !== now))
    throw refusal("The sandbox starts subscriptions now; its control API plays one from an earlier day.", {
      param: asked.backdate_start_date === undefined ? "billing_cycle_anchor" : "backdate_start_date",
    });
  return {
    customer: customer.id,
    items,
    currency: first.price.currency,
    anchor,
    startDate: now,
    firstPeriod: { start: now, end },
    trialEnd,
    defaultMethod:
      asked.default_payment_method === undefined
        ? null
        : ownMethod(state, customer.id, asked.default_payment_method),
    defaultTaxRates: ratesOf(state, asked.default_tax_rates ?? [], "default_tax_rates"),
    description: asked.description ?? null,
    metadata: mergeMetadata({}, asked.metadata),
    cancelAt: asked.cancel_at ?? null,
    cancelAtPeriodEnd: asked.cancel_at_period_end ?? false,
  };
}

function refuseMixed({ items }: NewSubscription): void {
  const cycles = new Set(items.map(({ price }) => `${price.currency} ${price.recurring?.interval ?? ""}`));
  if (cycles.size > 1)
    throw refusal("The sandbox bills all items of a subscription in one currency and at one interval.", {
      param: "items",
    });
}

/** Stripe does not begin without a card, unless it is asked to wait for one. */
function refuseCardless(state: StripeState, { customer, defaultMethod, trialEnd }: NewSubscription): void {
  const owner = customerOf(state, customer, "customer");
  if (trialEnd === null && defaultMethod === null && owner.invoice_settings.default_payment_method === null)
    throw refusal(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      { code: "resource_missing" },
    );
}

/** Begins a subscription by API: its first invoice is tried at once, or waits for its payment to be confirmed. */
export function createSubscription(state: StripeState, asked: SubscriptionParams): Subscription {
  const planned = plan(state, asked);
  refuseMixed(planned);
  const behaviour = asked.payment_behavior ?? "allow_incomplete";
  if (behaviour === "error_if_incomplete")
    throw refusal("The sandbox has no `error_if_incomplete`.", { param: "payment_behavior" });
  if (behaviour === "allow_incomplete") refuseCardless(state, planned);
  const { subscription, invoice } = startSubscription(state, planned);
  if (behaviour === "allow_incomplete" && invoice.status === "open")
    collect(state, invoice, { automatic: true, offSession: asked.off_session ?? false });
  return state.subscriptions.get(subscription.id) ?? subscription;
}
