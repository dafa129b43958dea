import { type Ctx, requireSupport } from "@/lib/auth/context";
import { getAccount } from "@/lib/credits/get-account";
import { buyingStoppedBy } from "./purchase-access";
import { type StoppedPurchase, stoppedPurchases } from "./store/purchases";

/** Purchases that were paid while their organisation could not buy, and still cannot: latest first. */
export async function listStoppedPurchases(ctx: Ctx, limit: number): Promise<StoppedPurchase[]> {
  requireSupport(ctx.actor);
  const listed = [];
  for (const purchase of await stoppedPurchases(limit))
    if (buyingStoppedBy(await getAccount(ctx, purchase.orgId))) listed.push(purchase);
  return listed;
}
