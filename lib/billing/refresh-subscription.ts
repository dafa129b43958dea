import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { processWide } from "@/lib/shared/process-wide";
import { applySubscription } from "./apply-subscription";
import { findCustomerId } from "./store/customers";
import { subscriptionsOf } from "./store/subscriptions";
import { asOutage } from "./stripe/errors";
import { listSubscriptions } from "./stripe/list-subscriptions";
import { syncCustomer } from "./sync-customer";

/** The organisations that are being read just now, and the one further reading that later callers share. */
const running = processWide("subscription-readings", () => new Map<string, Running>());

type Running = { readonly now: Promise<void>; next: Promise<void> | undefined };

/**
 * Reads afresh what Stripe has of an organisation, as after its portal was used. However many ask while it is being read,
 * one more reading answers them all. Needs `billing.manage`; unavailable where Stripe does not answer.
 */
export async function refreshSubscription(ctx: Ctx, orgId: string): Promise<void> {
  requireMember(ctx.actor, orgId, "billing.manage");
  const busy = running().get(orgId);
  if (!busy) return start(ctx, orgId);
  busy.next ??= busy.now.catch(() => {}).then(() => start(ctx, orgId));
  return busy.next;
}

function start(ctx: Ctx, orgId: string): Promise<void> {
  const now = readAgain(asSystem(ctx, "portal"), orgId)
    .catch(asOutage)
    .finally(() => running().delete(orgId));
  running().set(orgId, { now, next: undefined });
  return now;
}

async function readAgain(system: Ctx, orgId: string): Promise<void> {
  const known = await findCustomerId(orgId);
  if (known !== undefined) await syncCustomer(system, known);
  // Read again: Stripe may have deleted the customer, which syncing has recorded.
  const customerId = await findCustomerId(orgId);
  const open = (await subscriptionsOf(orgId)).filter(({ facts }) => facts.endedAt === null);
  const ids = new Set([
    ...open.map(({ facts }) => facts.subscriptionId),
    ...(customerId === undefined ? [] : await listSubscriptions(customerId)),
  ]);
  for (const id of ids) await applySubscription(system, id);
}
