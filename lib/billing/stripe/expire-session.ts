import { stripe } from "./client";
import { isMissing, isRefused } from "./errors";

/** As many as Stripe lists at once. */
const PAGE = 100;

/** Makes a session unpayable. Stripe refuses this for one that is not open, or is gone: then there is nothing to do. */
export async function expireSession(sessionId: string): Promise<void> {
  try {
    await stripe().checkout.sessions.expire(sessionId);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** The same for whatever is open of an order, also where the answer that named its session was lost. */
export async function expireSessionsOf(customer: string, orderId: string): Promise<void> {
  try {
    for await (const session of stripe().checkout.sessions.list({ customer, status: "open", limit: PAGE }))
      if (session.client_reference_id === orderId) await expireSession(session.id);
  } catch (error) {
    // The customer is gone, and sessions with it.
    if (!isMissing(error)) throw error;
  }
}
