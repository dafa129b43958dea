import type { Ctx } from "@/lib/auth/context";
import { findCustomerId, findDeletedCustomerId, keepCustomerId, replaceCustomerId } from "./store/customers";
import { createCustomer } from "./stripe/create-customer";

/** An organisation's customer at Stripe: the one it has, or a new one, also in the place of one that Stripe has deleted. */
export async function customerOf(ctx: Ctx, orgId: string, orgName: string): Promise<string> {
  const known = await findCustomerId(orgId);
  if (known !== undefined) return known;
  const gone = await findDeletedCustomerId(orgId);
  if (gone === undefined) return keepCustomerId(orgId, await createCustomer(orgId, orgName), ctx.now());
  return renewCustomer(orgId, orgName, gone);
}

/** Replaces a customer whom Stripe does not know any more by a new one. */
export async function renewCustomer(orgId: string, orgName: string, gone: string): Promise<string> {
  const customerId = await createCustomer(orgId, orgName, gone);
  await replaceCustomerId(orgId, gone, customerId);
  return (await findCustomerId(orgId)) ?? customerId;
}
