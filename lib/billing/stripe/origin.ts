import { z } from "zod";

const origin = z.object({ org_id: z.uuid(), checkout_id: z.uuid() });

/** Which of our checkouts an object at Stripe belongs to. */
export type Origin = { readonly orgId: string; readonly checkoutId: string };

/** What we put into the metadata of every session and payment, so that both lead back to us by themselves. */
export const metadataOf = ({ orgId, checkoutId }: Origin) => ({ org_id: orgId, checkout_id: checkoutId });

/** Undefined for what somebody else made in the same Stripe account. */
export function originOf(metadata: unknown): Origin | undefined {
  const parsed = origin.safeParse(metadata);
  return parsed.success ? { orgId: parsed.data.org_id, checkoutId: parsed.data.checkout_id } : undefined;
}

/** The organisation of a customer that we made. */
export function originOfCustomer(metadata: unknown): string | undefined {
  const parsed = origin.pick({ org_id: true }).safeParse(metadata);
  return parsed.success ? parsed.data.org_id : undefined;
}
