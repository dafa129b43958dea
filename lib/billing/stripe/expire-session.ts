import { stripe } from "./client";
import { isRefused } from "./errors";

/** Lets nobody pay a session any more. Stripe refuses this of one that is not open, or is gone: there is nothing to do. */
export async function expireSession(sessionId: string): Promise<void> {
  try {
    await stripe().checkout.sessions.expire(sessionId);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}
