import type Stripe from "stripe";
import type { Card } from "../store/customers";
import type { ChargedCard } from "../store/top-up-attempts";
import { stripe } from "./client";
import { isMissing } from "./errors";
import { originOfCustomer } from "./origin";

export type CustomerCard =
  /** Stripe has deleted the customer, or never knew it. */
  | { readonly kind: "gone" | "not-ours" }
  | {
      readonly kind: "known";
      readonly card: Card | null;
      /** Of the card that is charged off-session: the customer's own default. */
      readonly fingerprint: string | null;
    };

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
  const charged = chosen === undefined ? undefined : await readMethod(chosen);
  const own = await methodOfSubscription(customerId);
  const shown = own === undefined || own === chosen ? charged : await readMethod(own);
  return { kind: "known", card: cardOf(shown), fingerprint: charged?.card?.fingerprint ?? null };
}

/** The card that auto top-up charges: the customer's default, else the newest. Undefined where there is none, or no customer. */
export async function findChargedCard(customerId: string): Promise<ChargedCard | undefined> {
  const customer = await stripe()
    .customers.retrieve(customerId)
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (!customer || customer.deleted) return undefined;
  const chosen = idOf(customer.invoice_settings.default_payment_method);
  const method = chosen === undefined ? await newestOf(customerId) : await readMethod(chosen);
  if (!method?.card) return undefined;
  const { fingerprint, last4 } = method.card;
  return { paymentMethodId: method.id, fingerprint: fingerprint ?? null, last4 };
}

async function newestOf(customer: string): Promise<Stripe.PaymentMethod | undefined> {
  const { data } = await stripe().paymentMethods.list({ customer, type: "card", limit: 100 });
  return [...data].sort((one, other) => other.created - one.created)[0];
}

async function chooseNewest(customer: string): Promise<string | undefined> {
  const newest = await newestOf(customer);
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

const readMethod = (id: string): Promise<Stripe.PaymentMethod> => stripe().paymentMethods.retrieve(id);

const cardOf = (method: Stripe.PaymentMethod | undefined): Card | null =>
  method?.card
    ? {
        brand: method.card.brand,
        last4: method.card.last4,
        expMonth: method.card.exp_month,
        expYear: method.card.exp_year,
      }
    : null;

const idOf = (reference: string | { readonly id: string } | null): string | undefined =>
  typeof reference === "string" ? reference : reference?.id;
