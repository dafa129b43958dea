import { pool } from "@/lib/db/pool";
import type { Pack } from "../core/pack-offer";

export type PricedPack = Pack & { readonly stripePriceId: string };

const OFFERED = `SELECT id, name, (credits / 1000000)::int AS credits, price_pence AS "pricePence", stripe_price_id AS "stripePriceId"
  FROM credit_pack WHERE active AND stripe_price_id IS NOT NULL`;

/** The packs that can be bought, in their order. They are the platform's: the same for every organisation. */
export async function offeredPacks(): Promise<PricedPack[]> {
  return (await pool().query<PricedPack>(`${OFFERED} ORDER BY position, id`)).rows;
}

export async function findOfferedPack(id: string): Promise<PricedPack | undefined> {
  return (await pool().query<PricedPack>(`${OFFERED} AND id = $1`, [id])).rows[0];
}
