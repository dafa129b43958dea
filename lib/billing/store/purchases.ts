import { pool, type Queryable } from "@/lib/db/pool";
import type { Microcredits } from "@/lib/shared/money";
import type { PurchaseStatus } from "../core/decide-payment";
import type { BuyingStop } from "../purchase-access";

/** A line of Purchase History. */
export type Purchase = {
  readonly id: string;
  /** The key of the grant: one purchase per grant. */
  readonly sourceKey: string;
  readonly purchasedAt: Date;
  readonly packName: string;
  readonly microcredits: Microcredits;
  /** VAT included. */
  readonly pricePence: number;
  readonly source: "manual" | "auto_top_up";
  readonly status: PurchaseStatus;
  /** What came back: refunds, and disputes that the bank decided for its customer. */
  readonly returnedPence: number;
};

/** An organisation's purchases, latest first. */
export async function purchasesOf(orgId: string, limit: number): Promise<Purchase[]> {
  const { rows } = await pool().query<Purchase>(
    `SELECT id, source_key AS "sourceKey", purchased_at AS "purchasedAt", pack_name AS "packName", credits AS microcredits, price_pence AS "pricePence",
            source, status, returned_pence AS "returnedPence"
     FROM credit_purchase WHERE org_id = $1 ORDER BY purchased_at DESC LIMIT $2`,
    [orgId, limit],
  );
  return rows;
}

/** The line in Purchase History: made once, its status and what came back follow Stripe. */
export async function recordPurchase(
  tx: Queryable,
  purchase: Purchase & {
    readonly orgId: string;
    /** What kept the organisation from buying when the payment came. */
    readonly boughtWhile?: BuyingStop | null;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO credit_purchase (org_id, id, source_key, pack_name, credits, price_pence, source, status,
                                  returned_pence, purchased_at, bought_while)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (org_id, source_key) DO UPDATE
     SET status = excluded.status, returned_pence = excluded.returned_pence`,
    [
      purchase.orgId,
      purchase.id,
      purchase.sourceKey,
      purchase.packName,
      purchase.microcredits,
      purchase.pricePence,
      purchase.source,
      purchase.status,
      purchase.returnedPence,
      purchase.purchasedAt,
      purchase.boughtWhile ?? null,
    ],
  );
}

/** What was paid while its organisation could not buy. */
export type StoppedPurchase = Pick<Purchase, "packName" | "pricePence" | "purchasedAt" | "sourceKey"> & {
  readonly orgId: string;
  readonly boughtWhile: BuyingStop;
};

/** Purchases that were paid while their organisation could not buy, and of which nothing came back; latest first. */
export async function stoppedPurchases(limit: number): Promise<StoppedPurchase[]> {
  const { rows } = await pool().query<StoppedPurchase>(
    `SELECT org_id AS "orgId", pack_name AS "packName", price_pence AS "pricePence", purchased_at AS "purchasedAt",
            source_key AS "sourceKey", bought_while AS "boughtWhile"
     FROM credit_purchase WHERE bought_while IS NOT NULL AND returned_pence = 0
     ORDER BY purchased_at DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
