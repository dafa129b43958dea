import { pool, type Queryable } from "@/lib/db/pool";
import type { ChargedCard } from "./top-up-attempts";

/** An organisation's customer at Stripe, with the cards as Stripe last said. */
export type Customer = {
  readonly customerId: string;
  /** What the plan is paid with. */
  readonly planCard: Pick<Card, "brand" | "last4"> | null;
  /** What auto top-up charges: another card than the plan's, where the subscription has one of its own. */
  readonly chargedCard: Omit<ChargedCard, "paymentMethodId"> | null;
};

/** Undefined where there is none, or Stripe has deleted it. */
export async function findCustomer(orgId: string, db: Queryable = pool()): Promise<Customer | undefined> {
  const { rows } = await db.query<{
    customerId: string;
    brand: string | null;
    last4: string | null;
    chargedBrand: string | null;
    chargedLast4: string | null;
    fingerprint: string | null;
  }>(
    `SELECT customer_id AS "customerId", card_brand AS brand, card_last4 AS last4, charged_brand AS "chargedBrand",
            charged_last4 AS "chargedLast4", card_fingerprint AS fingerprint
     FROM stripe_customer WHERE org_id = $1 AND deleted_at IS NULL`,
    [orgId],
  );
  if (!rows[0]) return undefined;
  const { customerId, brand, last4, chargedBrand, chargedLast4, fingerprint } = rows[0];
  return {
    customerId,
    planCard: brand !== null && last4 !== null ? { brand, last4 } : null,
    chargedCard:
      chargedBrand !== null && chargedLast4 !== null && fingerprint !== null
        ? { brand: chargedBrand, last4: chargedLast4, fingerprint }
        : null,
  };
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
       card_exp_month = NULL, card_exp_year = NULL, card_fingerprint = NULL, charged_brand = NULL, charged_last4 = NULL
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
       card_exp_year = NULL, card_fingerprint = NULL, charged_brand = NULL, charged_last4 = NULL
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

/** What a customer pays with. */
export type CustomerCards = {
  /** Of the subscription, which may have one of its own; else the charged one. */
  readonly plan: Card | null;
  readonly charged: ChargedCard | null;
};

/** Keeps a customer's cards as Stripe has them. Returns the organisation where one of them is new to us. */
export async function keepCards(
  tx: Queryable,
  customerId: string,
  { plan, charged }: CustomerCards,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ orgId: string }>(
    `UPDATE stripe_customer
     SET card_brand = $2, card_last4 = $3, card_exp_month = $4, card_exp_year = $5, card_fingerprint = $6, charged_brand = $7,
         charged_last4 = $8
     WHERE customer_id = $1
       AND (card_brand, card_last4, card_exp_month, card_exp_year, card_fingerprint, charged_brand, charged_last4)
           IS DISTINCT FROM ($2, $3, $4::int, $5::int, $6, $7, $8)
     RETURNING org_id AS "orgId"`,
    [
      customerId,
      plan?.brand ?? null,
      plan?.last4 ?? null,
      plan?.expMonth ?? null,
      plan?.expYear ?? null,
      charged?.fingerprint ?? null,
      charged?.brand ?? null,
      charged?.last4 ?? null,
    ],
  );
  return rows[0]?.orgId;
}

/** Keeps which card auto top-up is about to charge; null: there is none. */
export async function keepChargedCard(customerId: string, charged: ChargedCard | null): Promise<void> {
  await pool().query(
    `UPDATE stripe_customer SET card_fingerprint = $2, charged_brand = $3, charged_last4 = $4
     WHERE customer_id = $1 AND (card_fingerprint, charged_brand, charged_last4) IS DISTINCT FROM ($2, $3, $4)`,
    [customerId, charged?.fingerprint ?? null, charged?.brand ?? null, charged?.last4 ?? null],
  );
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
