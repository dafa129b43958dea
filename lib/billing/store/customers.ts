import { pool, type Queryable } from "@/lib/db/pool";

/** An organisation's customer at Stripe, with the default card as Stripe last said. */
export type Customer = {
  readonly customerId: string;
  readonly card: { readonly brand: string; readonly last4: string } | null;
  /** Of the card that is charged off-session, where there is one. */
  readonly fingerprint: string | null;
};

/** Undefined where there is none, or Stripe has deleted it. */
export async function findCustomer(orgId: string, db: Queryable = pool()): Promise<Customer | undefined> {
  const { rows } = await db.query<{
    customerId: string;
    brand: string | null;
    last4: string | null;
    fingerprint: string | null;
  }>(
    `SELECT customer_id AS "customerId", card_brand AS brand, card_last4 AS last4, card_fingerprint AS fingerprint
     FROM stripe_customer WHERE org_id = $1 AND deleted_at IS NULL`,
    [orgId],
  );
  if (!rows[0]) return undefined;
  const { customerId, brand, last4, fingerprint } = rows[0];
  return { customerId, fingerprint, card: brand !== null && last4 !== null ? { brand, last4 } : null };
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
  await pool().query(
    `UPDATE stripe_customer SET customer_id = $3, deleted_at = NULL, card_brand = NULL, card_last4 = NULL,
       card_exp_month = NULL, card_exp_year = NULL, card_fingerprint = NULL
     WHERE org_id = $1 AND customer_id = $2`,
    [orgId, gone, customerId],
  );
}

/** The customer that an organisation had before Stripe deleted it. */
export async function findDeletedCustomerId(orgId: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ customerId: string }>(
    `SELECT customer_id AS "customerId" FROM stripe_customer WHERE org_id = $1 AND deleted_at IS NOT NULL`,
    [orgId],
  );
  return rows[0]?.customerId;
}

/** Stripe has deleted it: its organisation gets another one when it buys again. Returns the organisation. */
export async function markCustomerDeleted(customerId: string, at: Date): Promise<string | undefined> {
  const { rows } = await pool().query<{ orgId: string }>(
    `UPDATE stripe_customer SET deleted_at = $2, card_brand = NULL, card_last4 = NULL, card_exp_month = NULL,
       card_exp_year = NULL, card_fingerprint = NULL
     WHERE customer_id = $1 AND deleted_at IS NULL RETURNING org_id AS "orgId"`,
    [customerId, at],
  );
  return rows[0]?.orgId;
}

/** The organisation whose customer this is, or was before Stripe deleted it. */
export async function findOrgOfCustomer(customerId: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT org_id AS "orgId" FROM stripe_customer WHERE customer_id = $1`,
    [customerId],
  );
  return rows[0]?.orgId;
}

/** Whether an organisation is this database's: those of another may have their objects in the same Stripe account. */
export async function hasAccount(orgId: string): Promise<boolean> {
  return (await pool().query("SELECT FROM credit_account WHERE org_id = $1", [orgId])).rowCount === 1;
}

/** A card as Stripe names it. */
export type Card = {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
};

/**
 * Keeps what the default card is, and which card is charged off-session. Returns the organisation where either is new to us.
 */
export async function keepCard(
  tx: Queryable,
  customerId: string,
  card: Card | null,
  fingerprint: string | null,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ orgId: string }>(
    `UPDATE stripe_customer SET card_brand = $2, card_last4 = $3, card_exp_month = $4, card_exp_year = $5, card_fingerprint = $6
     WHERE customer_id = $1
       AND (card_brand, card_last4, card_exp_month, card_exp_year, card_fingerprint)
           IS DISTINCT FROM ($2, $3, $4::int, $5::int, $6)
     RETURNING org_id AS "orgId"`,
    [
      customerId,
      card?.brand ?? null,
      card?.last4 ?? null,
      card?.expMonth ?? null,
      card?.expYear ?? null,
      fingerprint,
    ],
  );
  return rows[0]?.orgId;
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
