import { pool, type Queryable } from "@/lib/db/pool";
import type { BillingInterval } from "../core/plan-price";

/** What somebody asked for at Choose Your Plan, at the prices of that moment. */
export type SubscriptionOrder = {
  readonly orgId: string;
  readonly id: string;
  readonly userId: string;
  readonly bays: number;
  readonly interval: BillingInterval;
  readonly priceId: string;
  readonly taxRateId: string;
  /** A bay and interval, without VAT. */
  readonly unitPence: number;
  readonly status: "open" | "completed" | "expired";
  readonly sessionId: string | null;
  readonly createdAt: Date;
};

const COLUMNS = `org_id AS "orgId", id, user_id AS "userId", bays, interval, price_id AS "priceId",
  tax_rate_id AS "taxRateId", unit_pence AS "unitPence", status, session_id AS "sessionId", created_at AS "createdAt"`;

/** The organisation's open order: the one that is there, else this new one; undefined in a race. */
export async function openSubscriptionOrder(
  order: Omit<SubscriptionOrder, "status" | "sessionId">,
): Promise<SubscriptionOrder | undefined> {
  const { orgId, id, userId, bays, interval, priceId, taxRateId, unitPence, createdAt } = order;
  await pool().query(
    `INSERT INTO subscription_order (org_id, id, user_id, bays, interval, price_id, tax_rate_id, unit_pence, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id) WHERE status = 'open' DO NOTHING`,
    [orgId, id, userId, bays, interval, priceId, taxRateId, unitPence, createdAt],
  );
  return findOpenSubscriptionOrder(orgId);
}

/** The order that somebody may be about to pay. */
export async function findOpenSubscriptionOrder(orgId: string): Promise<SubscriptionOrder | undefined> {
  const { rows } = await pool().query<SubscriptionOrder>(
    `SELECT ${COLUMNS} FROM subscription_order WHERE org_id = $1 AND status = 'open'`,
    [orgId],
  );
  return rows[0];
}

/** An order by its id or its session; another organisation's is not found. */
export async function findSubscriptionOrder(
  by: { readonly orgId: string } & ({ readonly orderId: string } | { readonly sessionId: string }),
): Promise<SubscriptionOrder | undefined> {
  const [column, value] = "orderId" in by ? ["id", by.orderId] : ["session_id", by.sessionId];
  const { rows } = await pool().query<SubscriptionOrder>(
    `SELECT ${COLUMNS} FROM subscription_order WHERE org_id = $1 AND ${column} = $2`,
    [by.orgId, value],
  );
  return rows[0];
}

/** Keeps the session of an order. False where the order has ended, or has another one: then nobody may be sent there. */
export async function keepSubscriptionSession(
  orgId: string,
  orderId: string,
  sessionId: string,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE subscription_order SET session_id = $3
     WHERE org_id = $1 AND id = $2 AND status = 'open' AND (session_id IS NULL OR session_id = $3)`,
    [orgId, orderId, sessionId],
  );
  return rowCount === 1;
}

/** Ends an open order which has no session. False where it is not open, or has one. */
export async function endSubscriptionOrderWithoutSession(orgId: string, orderId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE subscription_order SET status = 'expired'
     WHERE org_id = $1 AND id = $2 AND status = 'open' AND session_id IS NULL`,
    [orgId, orderId],
  );
  return rowCount === 1;
}

/** Its session can be paid no more. */
export async function expireSubscriptionOrder(tx: Queryable, orgId: string, orderId: string): Promise<void> {
  await tx.query(
    "UPDATE subscription_order SET status = 'expired' WHERE org_id = $1 AND id = $2 AND status = 'open'",
    [orgId, orderId],
  );
}

/** It became this subscription, also where it was thought to have expired. Undefined where it had become one before. */
export async function completeSubscriptionOrder(
  tx: Queryable,
  orgId: string,
  orderId: string,
  subscriptionId: string,
): Promise<SubscriptionOrder | undefined> {
  const { rows } = await tx.query<SubscriptionOrder>(
    `UPDATE subscription_order SET status = 'completed', subscription_id = $3
     WHERE org_id = $1 AND id = $2 AND status <> 'completed' RETURNING ${COLUMNS}`,
    [orgId, orderId, subscriptionId],
  );
  return rows[0];
}

/** Open orders that were placed before a moment, oldest first, of all organisations. */
export async function unfinishedSubscriptionOrders(
  before: Date,
  limit: number,
): Promise<SubscriptionOrder[]> {
  const { rows } = await pool().query<SubscriptionOrder>(
    `SELECT ${COLUMNS} FROM subscription_order WHERE status = 'open' AND created_at < $1 ORDER BY created_at LIMIT $2`,
    [before, limit],
  );
  return rows;
}
