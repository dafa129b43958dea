import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { applySubscription } from "./apply-subscription";
import { findCustomerId } from "./store/customers";
import { subscriptionsOf } from "./store/subscriptions";
import { listSubscriptions } from "./stripe/list-subscriptions";
import { syncCustomer } from "./sync-customer";

/** Reads afresh what Stripe has of an organisation, as after its portal was used. Needs `billing.manage`. */
export async function refreshSubscription(ctx: Ctx, orgId: string): Promise<void> {
  requireMember(ctx.actor, orgId, "billing.manage");
  const system = asSystem(ctx, "portal");
  const known = await findCustomerId(orgId);
  if (known !== undefined) await syncCustomer(system, known);
  // Stripe may have deleted it, as we know by now.
  const customerId = await findCustomerId(orgId);
  const open = (await subscriptionsOf(orgId)).filter(({ facts }) => facts.endedAt === null);
  const ids = new Set([
    ...open.map(({ facts }) => facts.subscriptionId),
    ...(customerId === undefined ? [] : await listSubscriptions(customerId)),
  ]);
  for (const id of ids) await applySubscription(system, id);
}
