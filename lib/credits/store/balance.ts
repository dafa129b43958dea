import { pool } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { AccountFacts } from "../core/decide-gate";
import { type Lot, openLots } from "./postings";

export type AccountRow = AccountFacts & {
  readonly allowance: bigint;
  readonly anchorDay: number;
  readonly grantPeak: bigint;
  readonly renewsAt: Date | null;
  readonly recalculating: boolean;
};

export type BalanceRow = AccountRow & { readonly lots: readonly Lot[] };

/** An account as people are shown it. Throws not_found where there is none. */
export async function readAccount(orgId: string): Promise<AccountRow> {
  const { rows } = await pool().query<AccountRow>(
    `SELECT state, balance, frozen_at IS NOT NULL AS frozen, trial_cap_micro_gbp AS "trialCapMicroGbp",
            trial_spent_micro_gbp AS "trialSpentMicroGbp", allowance, anchor_day AS "anchorDay", grant_peak AS "grantPeak",
            renews_at AS "renewsAt", recalculating_since IS NOT NULL AS recalculating
     FROM credit_account WHERE org_id = $1`,
    [orgId],
  );
  if (!rows[0]) throw new AppError("not_found", "This organisation has no credit account.");
  return rows[0];
}

export async function readBalance(orgId: string): Promise<BalanceRow> {
  const [account, lots] = await Promise.all([readAccount(orgId), openLots(pool(), orgId)]);
  return { ...account, lots };
}
