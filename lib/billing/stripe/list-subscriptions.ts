import { stripe } from "./client";

/** The ids of a customer's subscriptions that have not ended. */
export async function listSubscriptions(customer: string): Promise<string[]> {
  const { data } = await stripe().subscriptions.list({ customer, limit: 100 });
  return data.map(({ id }) => id);
}
