import type Stripe from "stripe";
import type { CustomerCards } from "../store/customers";
import type { ChargedCard } from "../store/top-up-attempts";
import { stripe } from "./client";
import { isMissing } from "./errors";
import { originOfCustomer } from "./origin";

export type CustomerCard =
  /** Stripe has deleted the customer, or never knew it. */
  { readonly kind: "gone" | "not-ours" } | ({ readonly kind: "known" } & CustomerCards);

/**
 * The cards that a customer's subscription and auto top-up are paid with. The newest saved card becomes the default where none is,
 * and in place of a default that auto top-up has failed on, where it was saved after that one; any other default stays.
 *
 * @param failed the fingerprint of the card at which auto top-up has stopped.
 */
export async function saveDefaultCard(customerId: string, failed: string | null): Promise<CustomerCard> {
  const customer = await findLiving(customerId);
  if (!customer) return { kind: "gone" };
  if (!originOfCustomer(customer.metadata)) return { kind: "not-ours" };
  const found = await defaultOf(customer);
  const charged = (await chooseInstead(customer, found, failed)) ?? found;
  const own = await methodOfSubscription(customerId);
  const shown = own === undefined || own === charged?.id ? charged : await readMethod(own);
  return { kind: "known", plan: cardOf(shown), charged: chargedOf(charged) ?? null };
}

/** The card that auto top-up charges: the customer's default, else the newest. Undefined where there is none, or no customer. */
export async function findChargedCard(customerId: string): Promise<ChargedCard | undefined> {
  const customer = await findLiving(customerId);
  return customer && chargedOf((await defaultOf(customer)) ?? (await savedCards(customerId))[0]);
}

async function findLiving(customerId: string): Promise<Stripe.Customer | undefined> {
  try {
    const customer = await stripe().customers.retrieve(customerId);
    return customer.deleted ? undefined : customer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A default that is no card (Link, a bank debit) pays invoices; off-session it counts as none. */
async function defaultOf(customer: Stripe.Customer): Promise<CardMethod | undefined> {
  const id = idOf(customer.invoice_settings.default_payment_method);
  return id === undefined ? undefined : asCard(await readMethod(id));
}

/** The newest first; of one second as Stripe lists them. */
async function savedCards(customer: string): Promise<CardMethod[]> {
  const { data } = await stripe().paymentMethods.list({ customer, type: "card", limit: 100 });
  return data.flatMap((one) => asCard(one) ?? []).sort((one, other) => other.created - one.created);
}

/** The saved card that counts instead of the default, which it becomes unless the owner has chosen what is no card. */
async function chooseInstead(
  { id: customer, invoice_settings: settings }: Stripe.Customer,
  found: CardMethod | undefined,
  failed: string | null,
): Promise<CardMethod | undefined> {
  if (found && (failed === null || fingerprintOf(found) !== failed)) return undefined;
  const saved = await savedCards(customer);
  const place = saved.findIndex(({ id }) => id === found?.id);
  const chosen = found
    ? saved.slice(0, Math.max(place, 0)).find((one) => fingerprintOf(one) !== failed)
    : saved[0];
  const isOwners = !found && settings.default_payment_method !== null;
  if (chosen && !isOwners)
    await stripe().customers.update(customer, { invoice_settings: { default_payment_method: chosen.id } });
  return chosen;
}

/** A subscription may have a card of its own, which comes before the customer's. */
async function methodOfSubscription(customer: string): Promise<string | undefined> {
  const { data } = await stripe().subscriptions.list({ customer, limit: 100 });
  const oldestFirst = [...data].sort((one, other) => one.created - other.created);
  return oldestFirst.map((one) => idOf(one.default_payment_method)).find((id) => id !== undefined);
}

const readMethod = (id: string): Promise<Stripe.PaymentMethod> => stripe().paymentMethods.retrieve(id);

type CardMethod = Stripe.PaymentMethod & { readonly card: Stripe.PaymentMethod.Card };

const isCard = (method: Stripe.PaymentMethod): method is CardMethod => method.card !== undefined;
const asCard = (method: Stripe.PaymentMethod): CardMethod | undefined =>
  isCard(method) ? method : undefined;

/** The same for every saving of one card. A card to which Stripe gives none is told by its own id. */
const fingerprintOf = ({ id, card }: CardMethod): string => card.fingerprint ?? id;

const chargedOf = (method: CardMethod | undefined): ChargedCard | undefined =>
  method && {
    paymentMethodId: method.id,
    fingerprint: fingerprintOf(method),
    brand: method.card.brand,
    last4: method.card.last4,
  };

const cardOf = (method: Stripe.PaymentMethod | undefined): CustomerCards["plan"] =>
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
