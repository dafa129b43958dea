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

/** Every plan that is or was sold: the platform's, the same for every organisation. */
export async function allPlans(db: Queryable = pool()): Promise<Plan[]> {
  const { rows } = await db.query<Plan>(
    `SELECT ${COLUMNS} FROM subscription_plan ORDER BY current DESC, set_at DESC`,
  );
  return rows;
}

/** Makes this the plan that is sold. Saving it again at the same prices changes it; earlier ones stay known. */
export async function savePlan(tx: Queryable, plan: Omit<Plan, "current">, at: Date): Promise<void> {
  await tx.query("UPDATE subscription_plan SET current = false WHERE current");
  await tx.query(
    `INSERT INTO subscription_plan (id, name, product_id, monthly_price_id, yearly_price_id, tax_rate_id, monthly_pence,
                                    yearly_pence, tax_percent, credits_per_bay, current, set_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, $11)
     ON CONFLICT (monthly_price_id, yearly_price_id) DO UPDATE
     SET name = excluded.name, product_id = excluded.product_id, tax_rate_id = excluded.tax_rate_id,
         monthly_pence = excluded.monthly_pence, yearly_pence = excluded.yearly_pence,
         tax_percent = excluded.tax_percent, credits_per_bay = excluded.credits_per_bay, current = true,
         set_at = excluded.set_at`,
    [
      plan.id,
      plan.name,
      plan.productId,
      plan.monthlyPriceId,
      plan.yearlyPriceId,
      plan.taxRateId,
      plan.monthlyPence,
      plan.yearlyPence,
      plan.taxPercent,
      plan.creditsPerBay,
      at,
    ],
  );
}

/** The plan that is sold; undefined until one was set. */
export async function currentPlan(db: Queryable = pool()): Promise<Plan | undefined> {
  return (await db.query<Plan>(`SELECT ${COLUMNS} FROM subscription_plan WHERE current`)).rows[0];
}
