import { stripe } from "./client";
import { isMissing } from "./errors";

export type Price = { readonly pricePence: number } | "missing" | "not-sellable";

/** What a price at Stripe costs once, in pounds. Anything else (archived, recurring, another currency) cannot be sold. */
export async function readPrice(stripePriceId: string): Promise<Price> {
  try {
    const price = await stripe().prices.retrieve(stripePriceId);
    const sellable = price.active && price.type === "one_time" && price.currency === "gbp";
    return sellable && price.unit_amount ? { pricePence: price.unit_amount } : "not-sellable";
  } catch (error) {
    if (isMissing(error)) return "missing";
    throw error;
  }
}

/** Whether Stripe knows a price. One that it knew stays for good, archived or not: without it, this is another account. */
export const hasPrice = async (stripePriceId: string): Promise<boolean> =>
  stripePriceId !== "" && (await readPrice(stripePriceId)) !== "missing";
