import { type Ctx, requireSystem } from "@/lib/auth/context";
import { holdAccount } from "@/lib/credits/hold-account";
import { inTransaction } from "@/lib/db/transaction";
import { endOrder } from "./end-order";
import { buyingStoppedBy } from "./purchase-access";
import { openCheckoutOrders } from "./store/orders";

/** Where an organisation cannot buy any more: nobody can pay in a session that was opened before. */
export async function endOpenOrders(ctx: Ctx, { orgId }: { readonly orgId: string }): Promise<void> {
  requireSystem(ctx.actor);
  const account = await inTransaction((tx) => holdAccount(ctx, orgId, tx));
  if (!buyingStoppedBy(account)) return;
  for (const order of await openCheckoutOrders(orgId)) await endOrder(ctx, order);
}
