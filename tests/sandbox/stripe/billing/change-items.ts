import { noSuch, refusal } from "../errors";
import { mergeMetadata } from "../params";
import type { StripeState } from "../state";
import { periodCharge } from "./lines";
import type { Charged, Subscription, SubscriptionItem } from "./objects";
import { nextBoundary } from "./periods";
import { prorations, unusedTime } from "./prorate";
import { recurringPrice } from "./recurring-price";
import { itemObject, planOf } from "./subscription-object";
import type { SubscriptionChange } from "./subscription-params";
import { ratesOf } from "./tax-rates";

type ItemChange = NonNullable<SubscriptionChange["items"]>[number];

/** What a change of items comes to, before anything is done about it. */
export interface ItemsPlan {
  items: SubscriptionItem[];
  anchor: number;
  /** Credits and charges for the time that is left. */
  prorations: Charged[];
  /** A new period begins now, and is billed now. */
  restarts: boolean;
}

function changed(
  state: StripeState,
  item: SubscriptionItem,
  asked: ItemChange,
  param: string,
): SubscriptionItem {
  const price =
    asked.price === undefined ? item.price : recurringPrice(state, asked.price, `${param}[price]`);
  return {
    ...item,
    price,
    plan: planOf(price),
    quantity: asked.quantity ?? item.quantity,
    metadata: mergeMetadata(item.metadata, asked.metadata),
    ...(asked.tax_rates === undefined
      ? {}
      : { tax_rates: ratesOf(state, asked.tax_rates, `${param}[tax_rates]`) }),
  };
}

/** An item without an id is another one, beside those that are there. */
function added(state: StripeState, subscription: Subscription, asked: ItemChange, param: string) {
  const [first] = subscription.items.data;
  const period = { start: state.now(), end: first?.current_period_end ?? state.now() };
  return itemObject(
    state,
    subscription.id,
    {
      price: recurringPrice(state, asked.price ?? "", `${param}[price]`),
      quantity: asked.quantity ?? 1,
      taxRates: ratesOf(state, asked.tax_rates ?? [], `${param}[tax_rates]`),
      metadata: mergeMetadata({}, asked.metadata),
    },
    { ...period, start: first?.current_period_start ?? period.start },
  );
}

function itemsAfter(state: StripeState, subscription: Subscription, asked: readonly ItemChange[]) {
  return asked.reduce<SubscriptionItem[]>((items, one, index) => {
    const param = `items[${index}]`;
    if (one.id === undefined) return items.concat(added(state, subscription, one, param));
    if (!items.some(({ id }) => id === one.id)) throw noSuch("subscription_item", one.id, `${param}[id]`);
    if (one.deleted) return items.filter(({ id }) => id !== one.id);
    return items.map((item) => (item.id === one.id ? changed(state, item, one, param) : item));
  }, subscription.items.data);
}

const cycleOf = (item: SubscriptionItem | undefined): string =>
  `${item?.price.recurring?.interval ?? ""} ${item?.price.recurring?.interval_count ?? ""}`;

function refuseMixed(items: readonly SubscriptionItem[], { currency }: Subscription): void {
  if (items.length === 0)
    throw refusal("A subscription must have at least one active item.", { param: "items" });
  if (items.some(({ quantity }) => quantity < 0))
    throw refusal("Invalid non-negative integer", { param: "items" });
  if (items.some(({ price }) => price.currency !== currency))
    throw refusal(`The price specified only supports another currency than ${currency}.`, { param: "items" });
  if (new Set(items.map(cycleOf)).size > 1)
    throw refusal("The sandbox bills all items of a subscription at one interval.", { param: "items" });
}

/** Another interval begins a new period at once, from a new anchor. */
function restart(state: StripeState, items: readonly SubscriptionItem[]): SubscriptionItem[] {
  const now = state.now();
  return items.map((item) => ({
    ...item,
    current_period_start: now,
    current_period_end: item.price.recurring ? nextBoundary(now, item.price.recurring, now) : now,
  }));
}

export function planItems(
  state: StripeState,
  subscription: Subscription,
  asked: SubscriptionChange,
): ItemsPlan {
  const { items: before } = subscription;
  const after = itemsAfter(state, subscription, asked.items ?? []);
  refuseMixed(after, subscription);
  const restarts = cycleOf(before.data[0]) !== cycleOf(after[0]) || asked.billing_cycle_anchor === "now";
  const rates = subscription.default_tax_rates;
  const prorates = asked.proration_behavior !== "none" && subscription.status !== "trialing";
  const from = asked.proration_date ?? state.now();
  if (restarts)
    return {
      items: restart(state, after),
      anchor: state.now(),
      prorations: prorates ? unusedTime(state, before.data, rates, from) : [],
      restarts,
    };
  return {
    items: after,
    anchor: subscription.billing_cycle_anchor,
    prorations: prorates ? prorations(state, { before: before.data, after }, rates, from) : [],
    restarts,
  };
}

export const chargesOf = (
  state: StripeState,
  { default_tax_rates: rates }: Subscription,
  items: readonly SubscriptionItem[],
) => items.map((item) => periodCharge(state, item, rates));
