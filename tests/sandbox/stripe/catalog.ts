import type Stripe from "stripe";
import { z } from "zod";
import { seedPortal } from "./billing/portal";
import { seedTaxRates } from "./billing/tax-rates";
import type { Endpoint } from "./endpoint";
import { noSuch, refusal } from "./errors";
import { change, emit } from "./events";
import { listBy } from "./lists";
import type { Price, Product } from "./objects";
import { flag, int, mergeMetadata, metadata, type ParamsOf, unsettable, words } from "./params";
import type { StripeState } from "./state";

/** The packs which the demo sells: there from the start, and after a reset. Pence, VAT included. */
const SEED = [
  { key: "starter", name: "1,000 credits", pence: 1_000 },
  { key: "workshop", name: "5,000 credits", pence: 4_500 },
  { key: "fleet", name: "20,000 credits", pence: 16_000 },
] as const;

/** What a bay costs, in pence without VAT: a month, or a year that is paid at once. */
const BAY = [
  { id: "price_bay_monthly", interval: "month", unit_amount: 10_000 },
  { id: "price_bay_yearly", interval: "year", unit_amount: 90_000 },
  // What it was before. Who subscribed then still pays it.
  { id: "price_bay_2024", interval: "month", unit_amount: 8_000 },
] as const;
const PLAN_PRODUCT = "prod_torqueflow";

const taxBehavior = z.enum(["inclusive", "exclusive", "unspecified"]);
const productParams = z.strictObject({
  id: words.optional(),
  name: words.min(1),
  active: flag.optional(),
  description: unsettable.optional(),
  metadata: metadata.optional(),
  tax_code: unsettable.optional(),
  unit_label: unsettable.optional(),
  url: unsettable.optional(),
} satisfies ParamsOf<Stripe.ProductCreateParams>);
const productChange = productParams
  .omit({ id: true })
  .partial()
  .extend({ default_price: unsettable.optional() });
const inlineProduct = productParams.pick({ id: true, name: true, active: true, metadata: true });
const priceParams = z.strictObject({
  currency: words.length(3),
  unit_amount: int,
  product: words.optional(),
  product_data: inlineProduct.optional(),
  active: flag.optional(),
  lookup_key: unsettable.optional(),
  metadata: metadata.optional(),
  nickname: unsettable.optional(),
  tax_behavior: taxBehavior.optional(),
  recurring: z
    .strictObject({
      interval: z.enum(["day", "week", "month", "year"]),
      interval_count: int.optional(),
      usage_type: z.enum(["licensed"]).optional(),
    })
    .optional(),
} satisfies ParamsOf<Stripe.PriceCreateParams>);
const priceChange = priceParams
  .pick({ active: true, lookup_key: true, metadata: true, nickname: true, tax_behavior: true })
  .partial();

const productObject = (state: StripeState, id: string, name: string): Product => ({
  id,
  object: "product",
  active: true,
  created: state.now(),
  default_price: null,
  description: null,
  images: [],
  livemode: false,
  marketing_features: [],
  metadata: {},
  name,
  package_dimensions: null,
  shippable: null,
  statement_descriptor: null,
  tax_code: null,
  tax_details: null,
  type: "service",
  unit_label: null,
  updated: state.now(),
  url: null,
});

type Sold = Pick<Price, "id" | "product" | "currency" | "unit_amount">;

const priceObject = (state: StripeState, sold: Sold): Price => ({
  object: "price",
  active: true,
  billing_scheme: "per_unit",
  created: state.now(),
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  recurring: null,
  tax_behavior: "unspecified",
  tiers_mode: null,
  transform_quantity: null,
  type: "one_time",
  unit_amount_decimal: String(sold.unit_amount),
  ...sold,
});

type Recurring = NonNullable<Price["recurring"]>;

const recurringOf = (interval: Recurring["interval"], count = 1): Pick<Price, "recurring" | "type"> => ({
  recurring: {
    interval,
    interval_count: count,
    meter: null,
    trial_period_days: null,
    usage_type: "licensed",
  },
  type: "recurring",
});

function seedPlan(state: StripeState): void {
  const product = productObject(state, PLAN_PRODUCT, "Torqueflow");
  state.products.put({ ...product, default_price: BAY[0].id, unit_label: "bay" });
  for (const { id, interval, unit_amount } of BAY) {
    const price = priceObject(state, { id, product: PLAN_PRODUCT, currency: "gbp", unit_amount });
    state.prices.put({ ...price, ...recurringOf(interval), tax_behavior: "exclusive" });
  }
}

export function seedCatalog(state: StripeState): void {
  seedTaxRates(state);
  seedPlan(state);
  seedPortal(state);
  for (const { key, name, pence } of SEED) {
    const [id, product] = [`price_${key}`, `prod_${key}`];
    state.products.put({ ...productObject(state, product, name), default_price: id });
    const price = priceObject(state, { id, product, currency: "gbp", unit_amount: pence });
    state.prices.put({ ...price, tax_behavior: "inclusive" });
  }
}

/** The fields that were given; one that was not leaves the object as it is. */
const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

function createProduct(state: StripeState, params: z.output<typeof productParams>): Product {
  const { id = state.newId("prod"), name, metadata: data, ...rest } = params;
  const product = { ...productObject(state, id, name), ...given(rest), metadata: mergeMetadata({}, data) };
  emit(state, "product.created", state.products.put(product));
  return product;
}

export type PriceParams = z.output<typeof priceParams>;

export function createPrice(state: StripeState, params: PriceParams): Price {
  const { product, product_data: inline, metadata: data, recurring, currency, unit_amount, ...rest } = params;
  if (product !== undefined && !state.products.get(product)) throw noSuch("product", product, "product");
  const owner = product ?? (inline ? createProduct(state, inline).id : undefined);
  if (owner === undefined)
    throw refusal("You must specify either `product` or `product_data`.", { code: "parameter_missing" });
  const sold = { id: state.newId("price"), product: owner, currency: currency.toLowerCase(), unit_amount };
  const price = {
    ...priceObject(state, sold),
    ...given(rest),
    ...(recurring ? recurringOf(recurring.interval, recurring.interval_count) : {}),
    metadata: mergeMetadata({}, data),
  };
  emit(state, "price.created", state.prices.put(price));
  return price;
}

function updateProduct(state: StripeState, before: Product, params: z.output<typeof productChange>) {
  const { metadata: data, ...rest } = params;
  const patch = { ...given(rest), metadata: mergeMetadata(before.metadata, data), updated: state.now() };
  return change(state, state.products, before, patch, "product.updated");
}

function updatePrice(state: StripeState, before: Price, params: z.output<typeof priceChange>) {
  const { metadata: data, ...rest } = params;
  const patch = { ...given(rest), metadata: mergeMetadata(before.metadata, data) };
  return change(state, state.prices, before, patch, "price.updated");
}

const productOf = ({ products }: StripeState, id: string): Product => {
  const product = products.get(id);
  if (!product) throw noSuch("product", id);
  return product;
};
const priceOf = ({ prices }: StripeState, id: string): Price => {
  const price = prices.get(id);
  if (!price) throw noSuch("price", id);
  return price;
};

export const catalogEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/products",
    name: "products.create",
    run: (state, call) => createProduct(state, call.read(productParams)),
  },
  {
    method: "GET",
    path: "/products",
    name: "products.list",
    run: ({ products }, { given: asked, path }) => listBy(products.list(), asked, ["active"], path),
  },
  {
    method: "GET",
    path: "/products/:id",
    name: "products.retrieve",
    run: (state, { id }) => productOf(state, id),
  },
  {
    method: "POST",
    path: "/products/:id",
    name: "products.update",
    run: (state, call) => updateProduct(state, productOf(state, call.id), call.read(productChange)),
  },
  {
    method: "POST",
    path: "/prices",
    name: "prices.create",
    run: (state, call) => createPrice(state, call.read(priceParams)),
  },
  {
    method: "GET",
    path: "/prices",
    name: "prices.list",
    run: ({ prices }, { given: asked, path }) =>
      listBy(prices.list(), asked, ["active", "product", "currency", "type"], path),
  },
  { method: "GET", path: "/prices/:id", name: "prices.retrieve", run: (state, { id }) => priceOf(state, id) },
  {
    method: "POST",
    path: "/prices/:id",
    name: "prices.update",
    run: (state, call) => updatePrice(state, priceOf(state, call.id), call.read(priceChange)),
  },
];
