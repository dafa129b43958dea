import type { PaymentMethod } from "../objects";
import type { StripeState } from "../state";

/** The card that is charged by itself: the subscription's own, or else the customer's. */
export function defaultCard(
  state: StripeState,
  customer: string,
  ofSubscription: string | null | undefined,
): PaymentMethod | undefined {
  const own = state.customers.get(customer)?.invoice_settings.default_payment_method;
  const ids = [ofSubscription, typeof own === "string" ? own : null];
  return ids.map((id) => state.paymentMethods.get(id ?? "")).find((method) => method?.customer === customer);
}

/** "Visa ending 4242" */
export const cardWords = ({ card }: PaymentMethod): string =>
  card ? `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ending ${card.last4}` : "Bank account";
