import { pool, type Queryable } from "@/lib/db/pool";

/** An organisation's customer at Stripe, with the default card as Stripe last said. */
export type Customer = {
  readonly customerId: string;
  readonly card: { readonly brand: string; readonly last4: string } | null;
};

/** Undefined where there is none, or Stripe has deleted it. */
export async function findCustomer(orgId: string, db: Queryable = pool()): Promise<Customer | undefined> {
  const { rows } = await db.query<{ customerId: string; brand: string | null; last4: string | null }>(
    `SELECT customer_id AS "customerId", card_brand AS brand, card_last4 AS last4
     FROM stripe_customer WHERE org_id = $1 AND deleted_at IS NULL`,
    [orgId],
  );
  if (!rows[0]) return undefined;
  const { customerId, brand, last4 } = rows[0];
  return { customerId, card: brand !== null && last4 !== null ? { brand, last4 } : null };
}

/** The id of the organisation's customer at Stripe; undefined where there is none. */
export async function findCustomerId(orgId: string, db: Queryable = pool()): Promise<string | undefined> {
  return (await findCustomer(orgId, db))?.customerId;
}

/** Keeps the first customer an organisation got, and returns it. */
export async function keepCustomerId(orgId: string, customerId: string, at: Date): Promise<string> {
  await pool().query(
    "INSERT INTO stripe_customer (org_id, customer_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [orgId, customerId, at],
  );
  return (await findCustomerId(orgId)) ?? customerId;
}

/** Puts another customer in the place of one that is gone, unless somebody else has done so. */
export async function replaceCustomerId(orgId: string, gone: string, customerId: string): Promise<void> {
  await pool().query("UPDATE stripe_customer SET customer_id = $3 WHERE org_id = $1 AND customer_id = $2", [
    orgId,
    gone,
    customerId,
  ]);
}

/** The organisation's name, and the address of the member who buys. */
export async function findBuyer(
  orgId: string,
  userId: string,
): Promise<{ readonly orgName: string; readonly email: string } | undefined> {
  const { rows } = await pool().query<{ orgName: string; email: string }>(
    `SELECT o.name AS "orgName", u.email FROM organization AS o
     JOIN member AS m ON m.organization_id = o.id JOIN "user" AS u ON u.id = m.user_id
     WHERE o.id = $1 AND u.id = $2`,
    [orgId, userId],
  );
  return rows[0];
}
