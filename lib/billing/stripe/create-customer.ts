import { stripe } from "./client";

/** One customer an organisation: asking again within a day finds the same one. `instead` names one that is gone. */
export async function createCustomer(orgId: string, name: string, instead = "none"): Promise<string> {
  const customer = await stripe().customers.create(
    { name, metadata: { org_id: orgId } },
    { idempotencyKey: `customer:${orgId}:${instead}:${name}`.slice(0, 255) },
  );
  return customer.id;
}
