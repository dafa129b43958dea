import { nextBoundary } from "./billing/periods";
import { startSubscription } from "./billing/start-subscription";
import { change, emit } from "./events";
import type { PaymentIntent, Session } from "./objects";
import type { StripeState } from "./state";

export const sessionOfIntent = ({ sessions, plans }: StripeState, intent: string): Session | undefined =>
  sessions
    .list()
    .find(({ id, payment_intent: shown }) => shown === intent || plans.get(id)?.intent === intent);

/** The payment that was begun for a session. */
export const intentOfSession = (state: StripeState, session: Session): PaymentIntent | undefined =>
  state.paymentIntents.get(session.payment_intent ?? state.plans.get(session.id)?.intent ?? "");

/** The subscription comes into being with its payment. Source: docs.stripe.com/changelog/basil/2025-03-31/checkout-legacy-subscription-upgrade */
function subscribe(state: StripeState, session: Session, intent: PaymentIntent): Partial<Session> {
  const plan = state.plans.get(session.id)?.subscription;
  const [first] = plan?.items ?? [];
  if (!plan || !first?.price.recurring || session.customer === null) return {};
  const now = state.now();
  const { subscription, invoice } = startSubscription(
    state,
    {
      customer: session.customer,
      items: plan.items,
      currency: session.currency,
      anchor: now,
      startDate: now,
      firstPeriod: { start: now, end: nextBoundary(now, first.price.recurring, now) },
      trialEnd: null,
      defaultMethod: intent.payment_method,
      defaultTaxRates: plan.defaultTaxRates,
      description: plan.description,
      metadata: plan.metadata,
      cancelAt: null,
      cancelAtPeriodEnd: false,
    },
    intent,
  );
  return { subscription: subscription.id, invoice: invoice.id };
}

/** What a payment's progress means for the Checkout session it belongs to, if it belongs to one. */
export function tellSession(state: StripeState, intent: PaymentIntent): void {
  const session = sessionOfIntent(state, intent.id);
  if (!session) return;
  const isOpen = session.status === "open";
  if (intent.status === "succeeded" || (intent.status === "processing" && isOpen)) {
    const paid = intent.status === "succeeded";
    const made = isOpen ? subscribe(state, session, intent) : {};
    const patch = {
      ...made,
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
