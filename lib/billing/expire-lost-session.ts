import { findCustomerId } from "./store/customers";
import { expireSessionsOf } from "./stripe/expire-session";

/**
 * For an order about to end: without a known session Stripe may still have made one, of which the answer was lost. Nobody
 * was given its address, and nobody can pay in it.
 */
export async function expireLostSession(
  order: { readonly orgId: string; readonly id: string; readonly sessionId: string | null } | undefined,
): Promise<void> {
  if (order?.sessionId !== null) return;
  const customerId = await findCustomerId(order.orgId);
  if (customerId) await expireSessionsOf(customerId, order.id);
}
