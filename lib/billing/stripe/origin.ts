import { z } from "zod";

/** Which of our orders an object at Stripe belongs to. */
export type Origin = { readonly orgId: string; readonly orderId: string };

const ours = z.object({ org_id: z.uuid(), order_id: z.uuid() });
/** As sessions and payments were marked while an order was called a checkout; it had the same id. */
const earlier = z.object({ org_id: z.uuid(), checkout_id: z.uuid() });

/** What we put into the metadata of every session and payment, so that both lead back to us by themselves. */
export const metadataOf = ({ orgId, orderId }: Origin) => ({ org_id: orgId, order_id: orderId });

/** Undefined for what somebody else made in the same Stripe account, or we made for another purpose. */
export function originOf(metadata: unknown): Origin | undefined {
  const now = ours.safeParse(metadata).data;
  if (now) return { orgId: now.org_id, orderId: now.order_id };
  const then = earlier.safeParse(metadata).data;
  return then && { orgId: then.org_id, orderId: then.checkout_id };
}

/** Where a subscription comes from: our organisation, and the order at Choose Your Plan where there was one. */
export type SubscriptionOrigin = { readonly orgId: string; readonly orderId: string | undefined };

const subscribed = z.object({ org_id: z.uuid(), subscription_order_id: z.uuid().optional() });

/** In the metadata of a subscription and its session: no order of a pack is named so. */
export const subscriptionMetadataOf = ({ orgId, orderId }: Origin) => ({
  org_id: orgId,
  subscription_order_id: orderId,
});

/** Undefined for a subscription that somebody made by hand, or for another purpose. */
export function subscriptionOriginOf(metadata: unknown): SubscriptionOrigin | undefined {
  const found = subscribed.safeParse(metadata).data;
  return found && { orgId: found.org_id, orderId: found.subscription_order_id };
}

/** The organisation of a customer that we made. */
export function originOfCustomer(metadata: unknown): string | undefined {
  return ours.pick({ org_id: true }).safeParse(metadata).data?.org_id;
}
