import { type Ctx, requireSupport } from "@/lib/auth/context";
import { disputedInvoices } from "./store/invoices";
import { type SubscriptionConcern, subscriptionConcerns } from "./store/subscriptions";

export type SubscriptionConcerns = {
  /** Several living ones of an organisation, and those that take money and give nothing here. */
  readonly subscriptions: readonly SubscriptionConcern[];
  /** Invoices of subscriptions whose payment is disputed. */
  readonly disputes: readonly { readonly orgId: string; readonly invoiceId: string; readonly readAt: Date }[];
};

/** What of the subscriptions support must look at, at most `limit` of each. */
export async function listSubscriptionConcerns(ctx: Ctx, limit: number): Promise<SubscriptionConcerns> {
  requireSupport(ctx.actor);
  const [subscriptions, disputes] = await Promise.all([subscriptionConcerns(limit), disputedInvoices(limit)]);
  return { subscriptions, disputes };
}
