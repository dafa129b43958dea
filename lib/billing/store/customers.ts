import { pool, type Queryable } from "@/lib/db/pool";

export async function findCustomerId(orgId: string, db: Queryable = pool()): Promise<string | undefined> {
  const { rows } = await db.query<{ customerId: string }>(
    `SELECT customer_id AS "customerId" FROM stripe_customer WHERE org_id = $1`,
    [orgId],
  );
  return rows[0]?.customerId;
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
