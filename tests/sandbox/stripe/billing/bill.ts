import { customerOf } from "../customers";
import type { StripeState } from "../state";
import { createInvoice, type NewInvoice } from "./new-invoice";
import type { Invoice } from "./objects";
import { pendingOf, settlePending } from "./pending";

/** A draft with what is charged and whatever waits for the subscription's next invoice. */
export function bill(state: StripeState, asked: NewInvoice): Invoice {
  const waiting = pendingOf(state, asked.subscription.id);
  const customer = customerOf(state, asked.subscription.customer);
  const draft = createInvoice(state, { ...asked, charges: [...waiting, ...asked.charges] }, customer);
  settlePending(state, waiting, draft.id);
  return draft;
}
