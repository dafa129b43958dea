import { change, emit } from "./events";
import type { PaymentIntent, Session } from "./objects";
import type { StripeState } from "./state";

export const sessionOfIntent = ({ sessions }: StripeState, intent: string): Session | undefined =>
  sessions.list().find((session) => session.payment_intent === intent);

/** What a payment's progress means for the Checkout session it belongs to, if it belongs to one. */
export function tellSession(state: StripeState, intent: PaymentIntent): void {
  const session = sessionOfIntent(state, intent.id);
  if (!session) return;
  const isOpen = session.status === "open";
  if (intent.status === "succeeded" || (intent.status === "processing" && isOpen)) {
    const paid = intent.status === "succeeded";
    const patch = {
      status: "complete" as const,
      payment_status: paid ? ("paid" as const) : ("unpaid" as const),
      url: null,
    };
    const after = change(state, state.sessions, session, patch);
    emit(state, isOpen ? "checkout.session.completed" : "checkout.session.async_payment_succeeded", after);
    return;
  }
  if (session.status === "complete" && session.payment_status === "unpaid")
    emit(state, "checkout.session.async_payment_failed", session);
}
