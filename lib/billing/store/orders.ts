import { pool, type Queryable } from "@/lib/db/pool";
import type { Microcredits } from "@/lib/shared/money";
import type { OrderMethod, OrderStatus } from "../core/order-status";

/** What was ordered: the pack as it was then. */
export type Order = {
  readonly orgId: string;
  readonly id: string;
  readonly method: OrderMethod;
  /** The member who ordered; null where a rule did. */
  readonly userId: string | null;
  /** What ordered by itself, such as `auto_top_up`. */
  readonly rule: string | null;
  readonly packId: string;
  readonly packName: string;
  readonly microcredits: Microcredits;
  readonly pricePence: number;
  readonly stripePriceId: string;
  readonly status: OrderStatus;
  readonly sessionId: string | null;
  readonly createdAt: Date;
};

const COLUMNS = `org_id AS "orgId", id, method, user_id AS "userId", rule, pack_id AS "packId", pack_name AS "packName",
  credits AS microcredits, price_pence AS "pricePence", stripe_price_id AS "stripePriceId", status, session_id AS "sessionId",
  created_at AS "createdAt"`;

export type NewOrder = Omit<Order, "status" | "sessionId" | "method" | "rule"> & { readonly userId: string };

/** The organisation's open order of this pack at Checkout: the one that is there, else this new one; undefined in a race. */
export async function openCheckoutOrder(order: NewOrder): Promise<Order | undefined> {
  const { orgId, id, packId, packName, microcredits, pricePence, stripePriceId, createdAt, userId } = order;
  await pool().query(
    `INSERT INTO credit_order (org_id, id, method, pack_id, pack_name, credits, price_pence, stripe_price_id, created_at, user_id)
     VALUES ($1, $2, 'checkout', $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (org_id, pack_id) WHERE status = 'open' AND method = 'checkout' DO NOTHING`,
    [orgId, id, packId, packName, microcredits, pricePence, stripePriceId, createdAt, userId],
  );
  const { rows } = await pool().query<Order>(
    `SELECT ${COLUMNS} FROM credit_order
     WHERE org_id = $1 AND pack_id = $2 AND status = 'open' AND method = 'checkout'`,
    [orgId, packId],
  );
  return rows[0];
}

export type TopUpOrder = Omit<NewOrder, "userId"> & { readonly userId: string | null };

/** What auto top-up orders: by itself, or for the member who confirms it on a page of Stripe's. */
export async function insertTopUpOrder(tx: Queryable, order: TopUpOrder): Promise<void> {
  const { orgId, id, packId, packName, microcredits, pricePence, stripePriceId, createdAt, userId } = order;
  await tx.query(
    `INSERT INTO credit_order (org_id, id, method, rule, pack_id, pack_name, credits, price_pence, stripe_price_id, created_at, user_id)
     VALUES ($1, $2, 'auto_top_up', 'auto_top_up', $3, $4, $5, $6, $7, $8, $9)`,
    [orgId, id, packId, packName, microcredits, pricePence, stripePriceId, createdAt, userId],
  );
}

/** An order of this organisation, by its own id or by the session on which it is paid. */
export async function findOrder(
  by: { readonly orgId: string } & ({ readonly orderId: string } | { readonly sessionId: string }),
  db: Queryable = pool(),
): Promise<Order | undefined> {
  const [column, value] = "orderId" in by ? ["id", by.orderId] : ["session_id", by.sessionId];
  const { rows } = await db.query<Order>(
    `SELECT ${COLUMNS} FROM credit_order WHERE org_id = $1 AND ${column} = $2`,
    [by.orgId, value],
  );
  return rows[0];
}

/** Keeps the session of an order. False where the order has ended, or has another one: then nobody may be sent there. */
export async function keepSession(orgId: string, orderId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE credit_order SET session_id = $3
     WHERE org_id = $1 AND id = $2 AND status = 'open' AND (session_id IS NULL OR session_id = $3)`,
    [orgId, orderId, sessionId],
  );
  return rowCount === 1;
}

/** Ends an open order which has no session, and is paid on one. False where it is not open, or has one. */
export async function endWithoutSession(
  orgId: string,
  orderId: string,
  method: OrderMethod = "checkout",
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE credit_order SET status = 'expired'
     WHERE org_id = $1 AND id = $2 AND status = 'open' AND method = $3 AND session_id IS NULL`,
    [orgId, orderId, method],
  );
  return rowCount === 1;
}

/** Moves an order's status forward: what is paid stays paid, what has ended does not open again. */
export async function moveOrder(
  order: { readonly orgId: string; readonly id: string },
  status: OrderStatus,
  tx: Queryable = pool(),
): Promise<void> {
  if (status === "open") return;
  await tx.query(
    `UPDATE credit_order SET status = $3 WHERE org_id = $1 AND id = $2 AND status <> $3
     AND (status IN ('open', 'needs_authentication', 'processing') OR $3 = 'paid')`,
    [order.orgId, order.id, status],
  );
}

/** An organisation's orders that somebody may be about to pay, on a page of Stripe's. */
export async function openCheckoutOrders(orgId: string): Promise<Order[]> {
  const { rows } = await pool().query<Order>(
    `SELECT ${COLUMNS} FROM credit_order WHERE org_id = $1 AND status = 'open' AND (method = 'checkout' OR session_id IS NOT NULL)`,
    [orgId],
  );
  return rows;
}

/** Orders that have not ended although they began before a moment, oldest first, of all organisations. */
export async function unfinishedOrders(before: Date, limit: number): Promise<Order[]> {
  const { rows } = await pool().query<Order>(
    `SELECT ${COLUMNS} FROM credit_order
     WHERE status IN ('open', 'needs_authentication', 'processing') AND created_at < $1
     ORDER BY created_at LIMIT $2`,
    [before, limit],
  );
  return rows;
}
