import type { TaxRate } from "./billing/objects";
import { ratesOf, taxOf } from "./billing/tax-rates";
import { createPrice } from "./catalog";
import { misuse, noSuch, refusal } from "./errors";
import type { LineItem, Price } from "./objects";
import { mergeMetadata } from "./params";
import type { LineItemParams, SessionParams } from "./session-params";
import type { SessionPlan } from "./session-plan";
import type { StripeState } from "./state";

/** What is bought on a Checkout page. */
export interface Bought {
  item: LineItem;
  taxRates: TaxRate[];
}

function priceOf(state: StripeState, item: LineItemParams, param: string): Price {
  if (item.price_data) return createPrice(state, { ...item.price_data, active: false });
  if (item.price === undefined)
    throw misuse(`Missing required param: ${param}[price].`, {
      code: "parameter_missing",
      param: `${param}[price]`,
    });
  const price = state.prices.get(item.price);
  if (!price) throw noSuch("price", item.price, `${param}[price]`);
  if (!price.active)
    throw refusal(`The price specified is inactive. This field only accepts active prices.`, { param });
  return price;
}

function boughtOf(state: StripeState, asked: SessionParams, item: LineItemParams, index: number): Bought {
  const param = `line_items[${index}]`;
  const price = priceOf(state, item, param);
  checkPrice(asked, price);
  const own = ratesOf(state, item.tax_rates ?? [], `${param}[tax_rates]`);
  const common = asked.subscription_data?.default_tax_rates ?? [];
  const taxRates = own.length > 0 ? own : ratesOf(state, common, "subscription_data[default_tax_rates]");
  const { quantity = 1 } = item;
  const amount = price.unit_amount * quantity;
  const taxes = taxRates.map((rate) => taxOf(amount, rate));
  const onTop = taxes.reduce((sum, tax) => sum + (tax.rate.inclusive ? 0 : tax.amount), 0);
  return {
    item: {
      id: state.newId("li"),
      object: "item",
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: taxes.reduce((sum, tax) => sum + tax.amount, 0),
      amount_total: amount + onTop,
      currency: price.currency,
      description: state.products.get(price.product)?.name ?? null,
      metadata: mergeMetadata({}, item.metadata),
      price,
      quantity,
    },
    taxRates: own,
  };
}

export const boughtIn = (state: StripeState, asked: SessionParams): Bought[] =>
  (asked.line_items ?? []).map((item, index) => boughtOf(state, asked, item, index));

function checkPrice({ mode }: SessionParams, { recurring }: Price): void {
  const param = { param: "line_items" };
  if (mode === "payment" && recurring !== null)
    throw refusal(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      param,
    );
  if (mode === "subscription" && recurring === null)
    throw refusal("You must provide at least one recurring price in `subscription` mode.", param);
}

/** What goes with one mode only. Setup belongs here as soon as somebody needs it. */
export function checkMode(asked: SessionParams): void {
  const { mode, line_items: items, success_url: success } = asked;
  if (mode === undefined)
    throw misuse("Missing required param: mode.", { code: "parameter_missing", param: "mode" });
  if (mode === "setup") throw refusal(`The sandbox has no Checkout for mode=${mode} yet.`, { param: "mode" });
  const foreign = mode === "payment" ? "subscription_data" : "payment_intent_data";
  if (asked[foreign] !== undefined)
    throw misuse(`You can not pass \`${foreign}\` in \`${mode}\` mode.`, { param: foreign });
  if (mode === "subscription" && asked.customer_creation !== undefined)
    throw misuse("`customer_creation` can only be used in `payment` mode.", { param: "customer_creation" });
  if (!items || items.length === 0)
    throw misuse("Missing required param: line_items.", { code: "parameter_missing", param: "line_items" });
  if (success === undefined)
    throw misuse("Missing required param: success_url.", { code: "parameter_missing", param: "success_url" });
}

/** What a session will make once it is paid, which it does not show. */
export function planOf(state: StripeState, asked: SessionParams, bought: readonly Bought[]): SessionPlan {
  const {
    payment_intent_data: data,
    customer,
    customer_creation: creation,
    subscription_data: begun,
  } = asked;
  const subscribes = asked.mode === "subscription";
  return {
    lineItems: bought.map(({ item }) => item),
    payment: {
      metadata: mergeMetadata({}, data?.metadata),
      description: subscribes ? "Subscription creation" : (data?.description ?? null),
      receiptEmail: data?.receipt_email ?? null,
      setupFutureUsage: subscribes ? "off_session" : (data?.setup_future_usage ?? null),
    },
    createsCustomer:
      customer === undefined &&
      (subscribes || creation === "always" || data?.setup_future_usage !== undefined),
    subscription: subscribes
      ? {
          items: bought.map(({ item, taxRates }) => ({
            price: item.price,
            quantity: item.quantity ?? 1,
            taxRates,
            metadata: mergeMetadata({}, {}),
          })),
          defaultTaxRates: ratesOf(
            state,
            begun?.default_tax_rates ?? [],
            "subscription_data[default_tax_rates]",
          ),
          description: begun?.description ?? null,
          metadata: mergeMetadata({}, begun?.metadata),
        }
      : null,
    intent: null,
  };
}
