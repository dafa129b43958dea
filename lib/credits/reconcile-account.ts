import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { metrics } from "@/lib/shared/metrics";
import { accountChanged } from "./account-changed";
import { keepWatch, lockAccount } from "./store/account";
import {
  type Drift,
  findDrift,
  markRecalculating,
  rebuildFromEntries,
  rebuildRollup,
} from "./store/reconcile";

export type Reconciliation =
  | { readonly kind: "in-step" }
  | { readonly kind: "rebuilt" | "unresolved"; readonly drift: readonly Drift[] };

/**
 * Holds an account against its entries. On drift the account is marked recalculating, rebuilt from the entries under
 * its lock, logged and counted. What a rebuild cannot mend (the entries themselves) stays marked, as `unresolved`.
 */
export async function reconcileAccount(ctx: Ctx, orgId: string): Promise<Reconciliation> {
  requireSystem(ctx.actor);
  const drift = await inTransaction(async (tx) => {
    await lockAccount(tx, orgId);
    const found = await findDrift(orgId, tx);
    if (found.length > 0) await markRecalculating(orgId, ctx.now(), tx);
    return found;
  });
  if (drift.length === 0) return { kind: "in-step" };
  accountChanged(orgId);
  metrics.ledgerDrift.inc();
  ctx.log.error({ orgId, drift }, "an account drifted from its entries: rebuilding");
  const left = await inTransaction(async (tx) => {
    await lockAccount(tx, orgId);
    await rebuildFromEntries(tx, orgId);
    await rebuildRollup(tx, orgId);
    await keepWatch(tx, orgId);
    const remaining = await findDrift(orgId, tx);
    if (remaining.length === 0) await markRecalculating(orgId, null, tx);
    return remaining;
  });
  accountChanged(orgId);
  if (left.length > 0)
    ctx.log.error({ orgId, drift: left }, "an account could not be rebuilt from its entries");
  return left.length > 0 ? { kind: "unresolved", drift: left } : { kind: "rebuilt", drift };
}
