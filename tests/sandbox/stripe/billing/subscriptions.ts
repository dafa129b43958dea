import { z } from "zod";
import type { Endpoint } from "../endpoint";
import { noSuch } from "../errors";
import { listParams, pageOf } from "../lists";
import { words } from "../params";
import type { StripeState } from "../state";
import { cancelSubscription } from "./cancel-subscription";
import { changeSubscription } from "./change-subscription";
import { createSubscription } from "./create-subscription";
import type { Subscription } from "./objects";
import { pauseSubscription, resumeSubscription } from "./pause-subscription";
import {
  cancelParams,
  createParams,
  pauseParams,
  resumeParams,
  subscriptionListParams,
  updateParams,
} from "./subscription-params";

const itemListParams = z.strictObject({ ...listParams, subscription: words });
const ENDED = ["canceled", "incomplete_expired"];

export function subscriptionOf({ subscriptions }: StripeState, id: string, param?: string): Subscription {
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
  {
    method: "POST",
    path: "/subscriptions/:id",
    name: "subscriptions.update",
    run: (state, call) => changeSubscription(state, subscriptionOf(state, call.id), call.read(updateParams)),
  },
  {
    method: "DELETE",
    path: "/subscriptions/:id",
    name: "subscriptions.cancel",
    run: (state, call) => cancelSubscription(state, subscriptionOf(state, call.id), call.read(cancelParams)),
  },
  {
    method: "POST",
    path: "/subscriptions/:id/pause",
    name: "subscriptions.pause",
    run: (state, call) => {
      call.read(pauseParams);
      return pauseSubscription(state, subscriptionOf(state, call.id));
    },
  },
  {
    method: "POST",
    path: "/subscriptions/:id/resume",
    name: "subscriptions.resume",
    run: (state, call) => {
      const { billing_cycle_anchor: anchor } = call.read(resumeParams);
      return resumeSubscription(state, subscriptionOf(state, call.id), anchor?.type);
    },
  },
  {
    method: "GET",
    path: "/subscription_items",
    name: "subscriptionItems.list",
    run: (state, call) => {
      const { subscription, ...asked } = call.read(itemListParams);
      return pageOf(subscriptionOf(state, subscription, "subscription").items.data, asked, call.path);
    },
  },
];
