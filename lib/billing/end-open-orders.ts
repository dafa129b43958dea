import { type Ctx, requireSystem } from "@/lib/auth/context";
import { holdAccount } from "@/lib/credits/hold-account";
import { inTransaction } from "@/lib/db/transaction";
import { endOrder } from "./end-order";
import { endSubscriptionOrder } from "./end-subscription-order";
import { mayChoose } from "./plan-access";
import { buyingStoppedBy } from "./purchase-access";
import { openCheckoutOrders } from "./store/orders";
import { findOpenSubscriptionOrder } from "./store/subscription-orders";

/**
 * For an organisation that cannot buy, or choose a plan, any more: ends its open orders, so that nobody pays in a
 * session opened before.
 */
export async function endOpenOrders(ctx: Ctx, { orgId }: { readonly orgId: string }): Promise<void> {
  requireSystem(ctx.actor);
  const account = await inTransaction((tx) => holdAccount(ctx, orgId, tx));
  if (buyingStoppedBy(account))
    for (const order of await openCheckoutOrders(orgId)) await endOrder(ctx, order);
  const choice = mayChoose(account) ? undefined : await findOpenSubscriptionOrder(orgId);
  if (choice) await endSubscriptionOrder(ctx, choice);
}
