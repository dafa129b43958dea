import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
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
  const orgId = known.kind === "known" ? await keepCard(customerId, known.card) : undefined;
  // Pages show the card.
  if (orgId !== undefined) accountChanged(orgId);
}
