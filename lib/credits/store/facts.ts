import { pool, preparedName } from "@/lib/db/pool";
import type { AccountFacts } from "../core/decide-gate";
import type { SubscriptionState } from "../core/subscription";

type Row = {
  state: SubscriptionState;
  balance: bigint;
  frozen: boolean;
  trial_cap_micro_gbp: bigint;
  trial_spent_micro_gbp: bigint;
};

/** What the gate reads: one row by primary key. Amounts in microcredits and micro-pounds; undefined without an account. */
export async function readFacts(orgId: string): Promise<AccountFacts | undefined> {
  const { rows } = await pool().query<Row>({
    ...preparedName("credit_account_facts"),
    text: `SELECT state, balance, frozen_at IS NOT NULL AS frozen, trial_cap_micro_gbp, trial_spent_micro_gbp
           FROM credit_account WHERE org_id = $1`,
    values: [orgId],
  });
  const row = rows[0];
  return (
    row && {
      state: row.state,
      balance: row.balance,
      frozen: row.frozen,
      trialCapMicroGbp: row.trial_cap_micro_gbp,
      trialSpentMicroGbp: row.trial_spent_micro_gbp,
    }
  );
}
