import { pool, type Queryable } from "@/lib/db/pool";
import type { CheckoutStatus } from "../core/decide-payment";

/** One click on Buy Now, with the pack as it was then. */
export type Checkout = {
  readonly orgId: string;
  readonly id: string;
  readonly packId: string;
  readonly packName: string;
  /** Microcredits. */
  readonly credits: bigint;
  readonly pricePence: number;
  readonly stripePriceId: string;
  readonly status: CheckoutStatus;
  readonly sessionId: string | null;
  /** The member who clicked. */
  readonly userId: string;
  readonly createdAt: Date;
};

const COLUMNS = `org_id AS "orgId", id, pack_id AS "packId", pack_name AS "packName", credits, price_pence AS "pricePence",
  stripe_price_id AS "stripePriceId", status, session_id AS "sessionId", user_id AS "userId", created_at AS "createdAt"`;

export type NewCheckout = Omit<Checkout, "status" | "sessionId">;

/** The organisation's open checkout of this pack: the one that is there, else this new one. */
export async function openCheckout(checkout: NewCheckout): Promise<Checkout> {
  const { orgId, id, packId, packName, credits, pricePence, stripePriceId, createdAt, userId } = checkout;
  await pool().query(
    `INSERT INTO checkout (org_id, id, pack_id, pack_name, credits, price_pence, stripe_price_id, created_at, user_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id, pack_id) WHERE status = 'open' DO NOTHING`,
    [orgId, id, packId, packName, credits, pricePence, stripePriceId, createdAt, userId],
  );
  const { rows } = await pool().query<Checkout>(
    `SELECT ${COLUMNS} FROM checkout WHERE org_id = $1 AND (pack_id = $2 AND status = 'open' OR id = $3)
     ORDER BY status = 'open' DESC LIMIT 1`,
    [orgId, packId, id],
  );
  const [open] = rows;
  if (!open) throw new Error("a checkout ended while it was being opened");
  return open;
}

export async function findCheckout(
  by: { readonly orgId: string } & ({ readonly checkoutId: string } | { readonly sessionId: string }),
): Promise<Checkout | undefined> {
  const [column, value] = "checkoutId" in by ? ["id", by.checkoutId] : ["session_id", by.sessionId];
  const { rows } = await pool().query<Checkout>(
    `SELECT ${COLUMNS} FROM checkout WHERE org_id = $1 AND ${column} = $2`,
    [by.orgId, value],
  );
  return rows[0];
}

export async function keepSession(orgId: string, checkoutId: string, sessionId: string): Promise<void> {
  await pool().query(
    "UPDATE checkout SET session_id = $3 WHERE org_id = $1 AND id = $2 AND session_id IS NULL",
    [orgId, checkoutId, sessionId],
  );
}

/** Moves it forward: what is paid stays paid, what has ended does not open again. */
export async function moveCheckout(
  checkout: { readonly orgId: string; readonly id: string },
  status: CheckoutStatus,
  tx: Queryable = pool(),
): Promise<void> {
  if (status === "open") return;
  await tx.query(
    `UPDATE checkout SET status = $3 WHERE org_id = $1 AND id = $2 AND status <> $3
     AND (status IN ('open', 'processing') OR $3 = 'paid')`,
    [checkout.orgId, checkout.id, status],
  );
}

/** Checkouts that have not ended although they began before a moment, oldest first. Every organisation's. */
export async function unfinishedCheckouts(before: Date, limit: number): Promise<Checkout[]> {
  const { rows } = await pool().query<Checkout>(
    `SELECT ${COLUMNS} FROM checkout WHERE status IN ('open', 'processing') AND created_at < $1
     ORDER BY created_at LIMIT $2`,
    [before, limit],
  );
  return rows;
}
