import { pool } from "@/lib/db/pool";

type PurchaseRow = {
  readonly id: string;
  readonly purchasedAt: Date;
  readonly packName: string;
  readonly credits: bigint;
  readonly pricePence: number;
  readonly source: "manual" | "auto_top_up";
  readonly status: "paid" | "partly_refunded" | "refunded" | "disputed" | "charged_back";
  readonly returnedPence: number;
};

export async function purchasesOf(orgId: string, limit: number): Promise<PurchaseRow[]> {
  const { rows } = await pool().query<PurchaseRow>(
    `SELECT id, purchased_at AS "purchasedAt", pack_name AS "packName", credits, price_pence AS "pricePence", source, status,
            returned_pence AS "returnedPence"
     FROM credit_purchase WHERE org_id = $1 ORDER BY purchased_at DESC LIMIT $2`,
    [orgId, limit],
  );
  return rows;
}
