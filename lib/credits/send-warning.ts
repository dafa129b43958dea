import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { wholeBalance, wholeShortfall } from "@/lib/shared/money";
import { type WarningThreshold, warningsReached } from "./core/crossings";
import { gaugeMaximum } from "./core/gauge";
import { type SubscriptionState, termsOf } from "./core/subscription";
import { capPence, shownSpendPence } from "./core/trial-cap";
import { type AccountRow, withAccount } from "./store/account";
import { recordWarnings } from "./store/accounts";

export type Warning = {
  readonly kind: "warned";
  readonly threshold: WarningThreshold;
  readonly at: Date;
  readonly state: SubscriptionState;
  /** What it is about, as people see it: whole credits, or pence of a trial's cap. */
  readonly about:
    | {
        readonly kind: "balance";
        readonly left: number;
        readonly maximum: number;
        readonly shortfall: number;
      }
    | { readonly kind: "cap"; readonly spentPence: number; readonly capPence: number };
};

export type WarningOutcome = Warning | { readonly kind: "nothing due" };

/**
 * Records the warning of the highest threshold that an account has passed, once until it is re-armed, and returns its
 * figures for whoever sends it within the same `tx`. Run whenever a settle, an expiry, a reversal or a renewal crossed
 * the account's wake mark. Demo and frozen organisations get none.
 */
export async function sendWarning(ctx: Ctx, orgId: string, tx?: Queryable): Promise<WarningOutcome> {
  requireSystem(ctx.actor);
  const at = ctx.now();
  return withAccount(orgId, tx, async (inside, account) => {
    if (account.frozen) return { kind: "nothing due" };
    const fresh = await recordWarnings(inside, orgId, warningsReached(account), at);
    const threshold = highest(fresh);
    if (threshold === undefined) return { kind: "nothing due" };
    ctx.log.info({ orgId, threshold }, "credit warning");
    return { kind: "warned", threshold, at, state: account.state, about: aboutWhat(account) };
  });
}

function highest(thresholds: readonly WarningThreshold[]): WarningThreshold | undefined {
  return thresholds.toSorted((a, b) => b - a)[0];
}

function aboutWhat(account: AccountRow): Warning["about"] {
  if (termsOf(account.state).gate === "cap")
    return { kind: "cap", spentPence: shownSpendPence(account), capPence: capPence(account) };
  return {
    kind: "balance",
    left: wholeBalance(account.balance),
    maximum: wholeBalance(gaugeMaximum(account)),
    shortfall: wholeShortfall(account.overdraft),
  };
}
