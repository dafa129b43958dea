import { pool, type Queryable } from "@/lib/db/pool";
import type { Microcredits } from "@/lib/shared/money";
import type { Pack } from "../core/pack-offer";

export type PricedPack = Pack & { readonly stripePriceId: string };

const OFFERED = `SELECT id, name, (credits / 1000000)::int AS credits, price_pence AS "pricePence", stripe_price_id AS "stripePriceId"
  FROM credit_pack WHERE active AND stripe_price_id IS NOT NULL`;

/** The packs that can be bought, in their order. They are the platform's: the same for every organisation. */
export async function offeredPacks(): Promise<PricedPack[]> {
  return (await pool().query<PricedPack>(`${OFFERED} ORDER BY position, id`)).rows;
}

/** A pack that can be bought, by our own id; undefined where it is withdrawn or has no price. */
export async function findOfferedPack(id: string, db: Queryable = pool()): Promise<PricedPack | undefined> {
  return (await db.query<PricedPack>(`${OFFERED} AND id = $1`, [id])).rows[0];
}

/** What a pack is called, offered or not. */
export async function packName(id: string, db: Queryable = pool()): Promise<string> {
  const { rows } = await db.query<{ name: string }>("SELECT name FROM credit_pack WHERE id = $1", [id]);
  return rows[0]?.name ?? "Credit pack";
}

export type NewPack = {
  readonly id: string;
  readonly name: string;
  readonly microcredits: Microcredits;
  readonly pricePence: number;
  readonly stripePriceId: string;
  readonly position: number;
};

/** One pack per price: saving it again changes it, and offers it again. */
export async function savePack(tx: Queryable, pack: NewPack): Promise<void> {
  await tx.query(
    `INSERT INTO credit_pack (id, name, credits, price_pence, stripe_price_id, position) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (stripe_price_id) DO UPDATE SET name = excluded.name, credits = excluded.credits,
       price_pence = excluded.price_pence, position = excluded.position, active = true`,
    [pack.id, pack.name, pack.microcredits, pack.pricePence, pack.stripePriceId, pack.position],
  );
}

/** Takes the pack at a price off the offer; what was ordered of it stays. */
export async function withdrawPack(tx: Queryable, stripePriceId: string): Promise<void> {
  await tx.query("UPDATE credit_pack SET active = false WHERE stripe_price_id = $1", [stripePriceId]);
}

type StoredPack = {
  readonly name: string;
  /** Microcredits, as text: so the audit keeps them. */
  readonly credits: string;
  readonly pricePence: number;
  readonly position: number;
  readonly active: boolean;
};

/** The pack at a price, offered or withdrawn. */
export async function findPack(tx: Queryable, stripePriceId: string): Promise<StoredPack | undefined> {
  const { rows } = await tx.query<StoredPack>(
    `SELECT name, credits::text, price_pence AS "pricePence", position, active FROM credit_pack WHERE stripe_price_id = $1`,
    [stripePriceId],
  );
  return rows[0];
}
