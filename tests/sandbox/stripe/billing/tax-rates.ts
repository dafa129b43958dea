import type Stripe from "stripe";
import { z } from "zod";
import type { Endpoint } from "../endpoint";
import { noSuch } from "../errors";
import { change, emit } from "../events";
import { listBy } from "../lists";
import { flag, mergeMetadata, metadata, type ParamsOf, unsettable, words } from "../params";
import type { StripeState } from "../state";
import type { TaxRate } from "./objects";

const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,4})?$/)
  .transform(Number);
const common = {
  active: flag.optional(),
  country: unsettable.optional(),
  description: unsettable.optional(),
  jurisdiction: unsettable.optional(),
  metadata: metadata.optional(),
  state: unsettable.optional(),
  tax_type: z.enum(["vat"]).optional(),
};
const createParams = z.strictObject({
  display_name: words.min(1),
  inclusive: flag,
  percentage: percent,
  ...common,
} satisfies ParamsOf<Stripe.TaxRateCreateParams>);
const updateParams = z.strictObject({
  display_name: words.min(1).optional(),
  ...common,
} satisfies ParamsOf<Stripe.TaxRateUpdateParams>);

type RateParams = z.output<typeof createParams>;

function rateObject(state: StripeState, id: string, asked: RateParams): TaxRate {
  return {
    id,
    object: "tax_rate",
    active: asked.active ?? true,
    country: asked.country ?? null,
    created: state.now(),
    description: asked.description ?? null,
    display_name: asked.display_name,
    effective_percentage: asked.percentage,
    flat_amount: null,
    inclusive: asked.inclusive,
    jurisdiction: asked.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata({}, asked.metadata),
    percentage: asked.percentage,
    rate_type: "percentage",
    state: asked.state ?? null,
    tax_type: asked.tax_type ?? null,
  };
}

/** British VAT, on top of a price. */
export function seedTaxRates(state: StripeState): void {
  const vat = {
    display_name: "VAT",
    inclusive: false,
    percentage: 20,
    country: "GB",
    tax_type: "vat",
  } as const;
  state.taxRates.put(rateObject(state, "txr_vat_20", vat));
}

function createRate(state: StripeState, asked: RateParams): TaxRate {
  const rate = state.taxRates.put(rateObject(state, state.newId("txr"), asked));
  emit(state, "tax_rate.created", rate);
  return rate;
}

function updateRate(state: StripeState, before: TaxRate, asked: z.output<typeof updateParams>): TaxRate {
  const { metadata: data, ...rest } = asked;
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const patch = { ...told, metadata: mergeMetadata(before.metadata ?? {}, data) };
  return change(state, state.taxRates, before, patch, "tax_rate.updated");
}

function rateOf({ taxRates }: StripeState, id: string, param?: string): TaxRate {
  const rate = taxRates.get(id);
  if (!rate) throw noSuch("tax rate", id, param);
  return rate;
}

/** The tax rates which a parameter names; an empty text stands for none. */
export const ratesOf = (state: StripeState, ids: readonly string[], param: string): TaxRate[] =>
  ids.map((id, index) => rateOf(state, id, `${param}[${index}]`));

interface Taxed {
  amount: number;
  rate: TaxRate;
}

/** What a tax rate makes of an amount in pence, rounded half away from zero for each line, as Stripe does. */
export function taxOf(amount: number, rate: TaxRate): Taxed {
  const share = rate.inclusive ? rate.percentage / (100 + rate.percentage) : rate.percentage / 100;
  return { amount: Math.sign(amount) * Math.round(Math.abs(amount) * share), rate };
}

export const taxRateEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/tax_rates",
    name: "taxRates.create",
    run: (state, call) => createRate(state, call.read(createParams)),
  },
  {
    method: "GET",
    path: "/tax_rates",
    name: "taxRates.list",
    run: ({ taxRates }, { given, path }) => listBy(taxRates.list(), given, ["active", "inclusive"], path),
  },
  {
    method: "GET",
    path: "/tax_rates/:id",
    name: "taxRates.retrieve",
    run: (state, { id }) => rateOf(state, id),
  },
  {
    method: "POST",
    path: "/tax_rates/:id",
    name: "taxRates.update",
    run: (state, call) => updateRate(state, rateOf(state, call.id), call.read(updateParams)),
  },
];
