import { pool, type Queryable } from "@/lib/db/pool";

/** The subscription that is sold, or was. Prices without VAT, read from Stripe. */
export type Plan = {
  readonly id: string;
  readonly name: string;
  readonly productId: string;
  readonly monthlyPriceId: string;
  readonly yearlyPriceId: string;
  readonly taxRateId: string;
  /** A bay and month. */
  readonly monthlyPence: number;
  /** A bay and year, billed at once. */
  readonly yearlyPence: number;
  readonly taxPercent: number;
  /** Microcredits a bay and month. */
  readonly creditsPerBay: bigint;
  readonly current: boolean;
};

const COLUMNS = `id, name, product_id AS "productId", monthly_price_id AS "monthlyPriceId",
  yearly_price_id AS "yearlyPriceId", tax_rate_id AS "taxRateId", monthly_pence AS "monthlyPence",
  yearly_pence AS "yearlyPence", tax_percent::float8 AS "taxPercent", credits_per_bay AS "creditsPerBay", current`;

/** The plan that is sold; undefined until one was set. */
export async function currentPlan(db: Queryable = pool()): Promise<Plan | undefined> {
  return (await db.query<Plan>(`SELECT ${COLUMNS} FROM subscription_plan WHERE current`)).rows[0];
}
