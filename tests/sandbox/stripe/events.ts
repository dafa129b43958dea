import { isRecord, record } from "../core/http";
import { withFirstLines } from "./billing/embedded-lines";
import type { EventType, StoredEvent } from "./objects";
import type { StripeState } from "./state";
import type { Store } from "./store";
import { stripeDelivery } from "./webhooks";

/** Of the SDK that is installed; the compiler checks that it is. */
export const API_VERSION: StoredEvent["api_version"] = "2026-10-28.endive";

/** The old values of what is different now, as `previous_attributes` tells them. */
function differences(before: object, after: object): Record<string, unknown> {
  const old = new Map(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]): [string, unknown][] => {
      const was: unknown = old.get(name) ?? null;
      if (JSON.stringify(was) === JSON.stringify(value ?? null)) return [];
      return [[name, isRecord(was) && isRecord(value) ? differences(was, value) : was]];
    }),
  );
}

function deliver(state: StripeState, event: StoredEvent): void {
  const settled = () => {
    const kept = state.events.get(event.id);
    if (kept) state.events.put({ ...kept, pending_webhooks: 0 });
  };
  const { object } = event.data;
  const intent: unknown =
    Reflect.get(object, "payment_intent") ?? record(Reflect.get(object, "payment")).payment_intent;
  const owner = typeof intent === "string" ? state.paymentIntents.get(intent)?.customer : null;
  state.sandbox.outbox.enqueue(stripeDelivery(state.sandbox, { event, owner: owner ?? null, settled }));
}

/** Something happened to an object: it is kept as an event and told. `before` is what it was like, where Stripe says so. */
export function emit(state: StripeState, type: EventType, object: object, before?: object): StoredEvent {
  const event: StoredEvent = {
    id: state.newId("evt"),
    object: "event",
    api_version: API_VERSION,
    created: state.now(),
    data: {
      object: withFirstLines(structuredClone(object)) as object,
      ...(before ? { previous_attributes: differences(before, object) } : {}),
    },
    livemode: false,
    pending_webhooks: 1,
    request: { id: state.cause?.id ?? null, idempotency_key: state.cause?.idempotencyKey ?? null },
    type,
  };
  state.events.put(event);
  deliver(state, event);
  return event;
}

/** Tells an event once more, as "Resend" on Stripe's dashboard does. */
export function resend(state: StripeState, id: string): StoredEvent | undefined {
  const event = state.events.get(id);
  if (event) deliver(state, event);
  return event;
}

/** Puts a changed object in its predecessor's place. With a type, an event says what it was like before. */
export function change<T extends { id: string }>(
  state: StripeState,
  store: Store<T>,
  before: T,
  patch: Partial<T>,
  type?: EventType,
): T {
  const after = store.put({ ...before, ...patch });
  if (type && Object.keys(differences(before, after)).length > 0) emit(state, type, after, before);
  return after;
}
