import type { Card } from "../store/customers";
import { stripe } from "./client";
import { isMissing } from "./errors";
import { originOfCustomer } from "./origin";

export type CustomerCard =
  /** Stripe has deleted the customer, or never knew it. */
  { readonly kind: "gone" | "not-ours" } | { readonly kind: "known"; readonly card: Card | null };

/**
 * The card that a customer's subscription, or else whatever is charged next, is paid with. The newest saved card becomes
 * the default where none is; a default that the owner chose stays.
 */
export async function saveDefaultCard(customerId: string): Promise<CustomerCard> {
  const customer = await stripe()
    .customers.retrieve(customerId)
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (!customer || customer.deleted) return { kind: "gone" };
  if (!originOfCustomer(customer.metadata)) return { kind: "not-ours" };
  const chosen = idOf(customer.invoice_settings.default_payment_method) ?? (await chooseNewest(customerId));
  const method = (await methodOfSubscription(customerId)) ?? chosen;
  return { kind: "known", card: method === undefined ? null : await readCard(method) };
}

async function chooseNewest(customer: string): Promise<string | undefined> {
  const { data } = await stripe().paymentMethods.list({ customer, type: "card", limit: 100 });
  const [newest] = [...data].sort((one, other) => other.created - one.created);
  if (newest)
    await stripe().customers.update(customer, { invoice_settings: { default_payment_method: newest.id } });
  return newest?.id;
}

/** A subscription may have a card of its own, which comes before the customer's. */
async function methodOfSubscription(customer: string): Promise<string | undefined> {
  const { data } = await stripe().subscriptions.list({ customer, limit: 100 });
  const oldestFirst = [...data].sort((one, other) => one.created - other.created);
  return oldestFirst.map((one) => idOf(one.default_payment_method)).find((id) => id !== undefined);
}

async function readCard(methodId: string): Promise<Card | null> {
  const { card } = await stripe().paymentMethods.retrieve(methodId);
  return card
    ? { brand: card.brand, last4: card.last4, expMonth: card.exp_month, expYear: card.exp_year }
    : null;
}

const idOf = (reference: string | { readonly id: string } | null): string | undefined =>
  typeof reference === "string" ? reference : reference?.id;
