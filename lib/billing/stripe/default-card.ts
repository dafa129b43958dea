import { stripe } from "./client";
import { isMissing } from "./errors";
import { originOfCustomer } from "./origin";

export type DefaultCard = "kept" | "set" | "no-card" | "not-ours";

/** Makes the newest saved card the default where none is. A default that the owner chose stays. */
export async function saveDefaultCard(customerId: string): Promise<DefaultCard> {
  const customer = await stripe()
    .customers.retrieve(customerId)
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (!customer || customer.deleted || !originOfCustomer(customer.metadata)) return "not-ours";
  if (customer.invoice_settings.default_payment_method) return "kept";
  const { data } = await stripe().paymentMethods.list({ customer: customerId, type: "card", limit: 100 });
  const [newest] = [...data].sort((one, other) => other.created - one.created);
  if (!newest) return "no-card";
  await stripe().customers.update(customerId, { invoice_settings: { default_payment_method: newest.id } });
  return "set";
}
