import { stripe } from "./client";
import { idempotencyKey } from "./idempotency-key";

/** One customer per organisation: asking again within a day finds the same one. `instead` names one that is gone. */
export async function createCustomer(orgId: string, name: string, instead = "none"): Promise<string> {
  const params = { name, metadata: { org_id: orgId } };
  const customer = await stripe().customers.create(params, {
    idempotencyKey: idempotencyKey(`customer:${orgId}:${instead}`, params),
  });
  return customer.id;
}
