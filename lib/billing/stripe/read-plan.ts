import type Stripe from "stripe";
import type { BillingInterval } from "../core/plan-price";
import { stripe } from "./client";
import { isMissing } from "./errors";

export type BayPrice = { readonly pence: number; readonly productId: string };

const orMissing = (error: unknown): undefined => {
  if (isMissing(error)) return undefined;
  throw error;
};

/**
 * What a bay costs at a price of Stripe's. A sentence that says why where it cannot be the plan's price, undefined if
 * Stripe knows none.
 */
export async function readBayPrice(
  priceId: string,
  interval: BillingInterval,
): Promise<BayPrice | string | undefined> {
  const price = await stripe().prices.retrieve(priceId).catch(orMissing);
  if (!price) return undefined;
  const fault = faultOf(price, interval);
  if (fault) return `The price ${priceId} ${fault}.`;
  const { product, unit_amount: pence } = price;
  return { pence: pence ?? 0, productId: typeof product === "string" ? product : product.id };
}

function faultOf(price: Stripe.Price, interval: BillingInterval): string | undefined {
  const { recurring } = price;
  if (!price.active) return "is archived";
  if (!recurring) return "is not a recurring one";
  if (recurring.interval !== interval || recurring.interval_count !== 1)
    return `is not billed every ${interval}`;
  if (price.currency !== "gbp") return "is not in pounds";
  if (price.tax_behavior !== "exclusive")
    return "does not say that VAT comes on top (tax behaviour: exclusive)";
  if (recurring.usage_type !== "licensed" || price.billing_scheme !== "per_unit")
    return "is not one amount for each bay";
  return price.unit_amount ? undefined : "has no amount in whole pence";
}

/**
 * Percent of a tax rate of Stripe's. A sentence that says why where it cannot be the plan's, undefined if Stripe knows
 * none.
 */
export async function readTaxPercent(taxRateId: string): Promise<number | string | undefined> {
  const rate = await stripe().taxRates.retrieve(taxRateId).catch(orMissing);
  if (!rate) return undefined;
  if (!rate.active) return `The tax rate ${taxRateId} is archived.`;
  if (rate.inclusive) return `The tax rate ${taxRateId} is not one that comes on top (exclusive).`;
  return rate.percentage;
}
