import { pounds } from "../pounds";
import type { StripeState } from "../state";
import type { Charged, Line, SubscriptionItem, TaxRate } from "./objects";
import { taxOf } from "./tax-rates";

/** "10 Nov 2026", as descriptions of prorations name a day. */
export const dayOf = (seconds: number): string =>
  new Date(seconds * 1_000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

export const nameOf = (state: StripeState, { price }: SubscriptionItem): string =>
  state.products.get(price.product)?.name ?? "Subscription";

/** A whole period of an item, in advance. */
export function periodCharge(
  state: StripeState,
  item: SubscriptionItem,
  taxRates: readonly TaxRate[],
  free = false,
): Charged {
  const { price, quantity } = item;
  const name = nameOf(state, item);
  const each = `${pounds(price.unit_amount)} / ${price.recurring?.interval ?? "month"}`;
  return {
    item,
    amount: free ? 0 : price.unit_amount * quantity,
    description: free ? `Trial period for ${name}` : `${quantity} × ${name} (at ${each})`,
    period: { start: item.current_period_start, end: item.current_period_end },
    quantity,
    taxRates: item.tax_rates && item.tax_rates.length > 0 ? item.tax_rates : taxRates,
    proration: null,
  };
}

const behaviourOf = ({ inclusive }: TaxRate) => (inclusive ? "inclusive" : "exclusive");

function taxesOf(amount: number, rates: readonly TaxRate[]): NonNullable<Line["taxes"]> {
  return rates.map((rate) => {
    const { amount: tax } = taxOf(amount, rate);
    return {
      amount: tax,
      tax_behavior: behaviourOf(rate),
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: "standard_rated",
      taxable_amount: rate.inclusive ? amount - tax : amount,
      type: "tax_rate_details",
    };
  });
}

export function lineOf(state: StripeState, invoice: string, charged: Charged): Line {
  const { item, amount, description, period, quantity, taxRates, proration } = charged;
  return {
    id: state.newId("il"),
    object: "line_item",
    amount,
    currency: item.price.currency,
    description,
    discount_amounts: [],
    discountable: proration === null,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: proration?.invoiceItem ?? null,
        proration: proration !== null,
        proration_details: { credited_items: null },
        subscription: item.subscription,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: "price_details",
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: item.subscription,
    subtotal: amount,
    taxes: taxesOf(amount, taxRates),
  };
}
