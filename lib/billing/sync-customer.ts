import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { inTransaction } from "@/lib/db/transaction";
import { followCard } from "./follow-top-up";
import { keepCard, markCustomerDeleted } from "./store/customers";
import { saveDefaultCard } from "./stripe/default-card";

/**
 * Keeps what a customer's card is; a saved card becomes the default when there is none. A customer whom Stripe has
 * deleted is known as such from then on: the organisation gets another one when it buys again.
 */
export async function syncCustomer(ctx: Ctx, customerId: string): Promise<void> {
  requireSystem(ctx.actor);
  const known = await saveDefaultCard(customerId);
  if (known.kind === "gone") {
    const orgId = await markCustomerDeleted(customerId, ctx.now());
    if (orgId === undefined) return;
    ctx.log.error(
      { orgId, customerId },
      "Stripe has deleted a customer: the next purchase makes another one",
    );
    accountChanged(orgId);
    return;
  }
  if (known.kind !== "known") return;
  const { card, fingerprint } = known;
  const orgId = await inTransaction(async (tx) => {
    const changed = await keepCard(tx, customerId, card, fingerprint);
    if (changed !== undefined) await followCard(ctx, tx, changed, fingerprint);
    return changed;
  });
  // Pages show the card.
  if (orgId !== undefined) accountChanged(orgId);
}
