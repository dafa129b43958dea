import { emit } from "../events";
import type { StripeState } from "../state";
import type { Charged, InvoiceItem, Subscription } from "./objects";

/** A proration that waits for the subscription's next invoice. */
export function addPending(state: StripeState, subscription: Subscription, charged: Charged): InvoiceItem {
  const { item, amount, description, period, quantity, taxRates } = charged;
  const pending: InvoiceItem = {
    id: state.newId("ii"),
    object: "invoiceitem",
    amount,
    currency: subscription.currency,
    customer: subscription.customer,
    customer_account: null,
    date: state.now(),
    description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: amount,
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: "subscription_details",
    },
    period,
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: "price_details",
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    proration: true,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [...taxRates],
    test_clock: null,
  };
  state.pending.set(pending.id, { ...charged, proration: { invoiceItem: pending.id } });
  emit(state, "invoiceitem.created", state.invoiceItems.put(pending));
  return pending;
}

const waits = ({ invoice, parent }: InvoiceItem, subscription: string): boolean =>
  invoice === null && parent?.subscription_details?.subscription === subscription;

/** What waits for a subscription's next invoice, the oldest first. */
export const pendingOf = ({ invoiceItems, pending }: StripeState, subscription: string): Charged[] =>
  invoiceItems
    .list()
    .reverse()
    .filter((item) => waits(item, subscription))
    .flatMap(({ id }) => pending.get(id) ?? []);

/** It stands on an invoice now. */
export function settlePending(state: StripeState, charges: readonly Charged[], invoice: string): void {
  for (const { proration } of charges) {
    const item = state.invoiceItems.get(proration?.invoiceItem ?? "");
    if (item) state.invoiceItems.put({ ...item, invoice });
  }
}
