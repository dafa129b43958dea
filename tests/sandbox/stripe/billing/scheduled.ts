import { change } from "../events";
import type { Price } from "../objects";
import type { StripeState } from "../state";
import type { Scheduled, Subscription, SubscriptionItem } from "./objects";
import { recurringPrice } from "./recurring-price";
import { planOf } from "./subscription-object";

const yearly = ({ recurring }: Price): boolean => recurring?.interval === "year";

/** Less than what is paid for: fewer bays, or a shorter interval. */
export const isLess = (state: StripeState, item: SubscriptionItem, wanted: Scheduled): boolean =>
  wanted.quantity < item.quantity ||
  (yearly(item.price) && !yearly(recurringPrice(state, wanted.price, "price")));

/** Keeps a change for the period's end, in place of an earlier one; undefined takes that back. */
export function schedule(state: StripeState, subscription: Subscription, wanted?: Scheduled): void {
  if (!wanted && !state.scheduled.has(subscription.id)) return;
  if (wanted) state.scheduled.set(subscription.id, wanted);
  else state.scheduled.delete(subscription.id);
  const patch = { schedule: wanted ? (subscription.schedule ?? state.newId("sub_sched")) : null };
  change(state, state.subscriptions, subscription, patch, "customer.subscription.updated");
}

/** The items of the next period, before their dates move. */
export function itemsOfNext(state: StripeState, { id, items }: Subscription): SubscriptionItem[] {
  const wanted = state.scheduled.get(id);
  if (!wanted) return items.data;
  const price = recurringPrice(state, wanted.price, "price");
  return items.data.map((item) => ({ ...item, price, plan: planOf(price), quantity: wanted.quantity }));
}
