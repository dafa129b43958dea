import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { inTransaction } from "@/lib/db/transaction";
import { cardAtFault } from "./core/decide-top-up";
import { followCard } from "./follow-top-up";
import { findOrgOfCustomer, keepCards, markCustomerDeleted } from "./store/customers";
import { findTopUp } from "./store/top-ups";
import { saveDefaultCard } from "./stripe/default-card";

/**
 * Keeps what a customer's cards are; a saved card becomes the default when there is none, or in place of one at which auto top-up
 * has stopped, which goes on with it. A customer whom Stripe has deleted is known as such from then on: the organisation gets another one when it buys again.
 */
export async function syncCustomer(ctx: Ctx, customerId: string): Promise<void> {
  requireSystem(ctx.actor);
  const owner = await findOrgOfCustomer(customerId);
  const topUp = owner === undefined ? undefined : await findTopUp(owner);
  const known = await saveDefaultCard(customerId, topUp ? cardAtFault(topUp) : null);
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
  const orgId = await inTransaction(async (tx) => {
    const changed = await keepCards(tx, customerId, known);
    // A card that was known before its pause was is news to the pause.
    const concerned = changed ?? (topUp?.pausedReason ? owner : undefined);
    if (concerned !== undefined) await followCard(ctx, tx, concerned, known.charged?.fingerprint ?? null);
    return changed;
  });
  // Pages show the card.
  if (orgId !== undefined) accountChanged(orgId);
}
