import type { Endpoint } from "../endpoint";
import { noSuch } from "../errors";
import { pageOf } from "../lists";
import type { StripeState } from "../state";
import { createSubscription } from "./create-subscription";
import type { Subscription } from "./objects";
import { createParams, subscriptionListParams } from "./subscription-params";

const ENDED = ["canceled", "incomplete_expired"];

function subscriptionOf({ subscriptions }: StripeState, id: string, param?: string): Subscription {
  const subscription = subscriptions.get(id);
  if (!subscription) throw noSuch("subscription", id, param);
  return subscription;
}

/** Without a status, those that have not ended. */
function hasStatus({ status }: Subscription, asked: string | undefined): boolean {
  if (asked === "all") return true;
  if (asked === undefined) return status !== "canceled";
  return asked === "ended" ? ENDED.includes(status) : status === asked;
}

export const subscriptionEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/subscriptions",
    name: "subscriptions.create",
    run: (state, call) => createSubscription(state, call.read(createParams)),
  },
  {
    method: "GET",
    path: "/subscriptions",
    name: "subscriptions.list",
    run: ({ subscriptions }, call) => {
      const { customer, price, status, ...asked } = call.read(subscriptionListParams);
      const found = subscriptions
        .list()
        .filter((one) => customer === undefined || one.customer === customer)
        .filter((one) => price === undefined || one.items.data.some((item) => item.price.id === price))
        .filter((one) => hasStatus(one, status));
      return pageOf(found, asked, call.path);
    },
  },
  {
    method: "GET",
    path: "/subscriptions/:id",
    name: "subscriptions.retrieve",
    run: (state, { id }) => subscriptionOf(state, id),
  },
];
