import { customerOf, tombstone } from "../customers";
import type { Endpoint } from "../endpoint";
import { emit } from "../events";
import type { StripeState } from "../state";
import { endSubscription } from "./end-subscription";

/** Deleting a customer ends its subscriptions first, for good. Source: docs.stripe.com/api/customers/delete */
export function deleteCustomer(state: StripeState, id: string): object {
  const customer = customerOf(state, id);
  for (const subscription of state.subscriptions.list())
    if (subscription.customer === id && subscription.ended_at === null)
      endSubscription(state, subscription, {});
  const last = state.customers.get(id) ?? customer;
  state.customers.remove(id);
  state.deleted.add(id);
  emit(state, "customer.deleted", last);
  return tombstone(id);
}

export const deleteCustomerEndpoints: readonly Endpoint[] = [
  {
    method: "DELETE",
    path: "/customers/:id",
    name: "customers.del",
    run: (state, { id }) => deleteCustomer(state, id),
  },
];
