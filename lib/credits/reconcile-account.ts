import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inSnapshot, inTransaction } from "@/lib/db/transaction";
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
 * Holds an account against its entries. It looks in one snapshot, without a lock, so that calls settle meanwhile. Drift is
 * confirmed under the account's lock; then the account is marked recalculating, rebuilt, logged and counted. What a rebuild
 * cannot mend (the entries themselves) stays marked, as `unresolved`. Throws not_found for an organisation without an account.
 */
export async function reconcileAccount(ctx: Ctx, orgId: string): Promise<Reconciliation> {
  requireSystem(ctx.actor);
  const suspected = await inSnapshot((snapshot) => findDrift(orgId, snapshot));
  if (suspected.length === 0) return { kind: "in-step" };
  const drift = await confirmDrift(ctx, orgId);
  if (drift.length === 0) return { kind: "in-step" };
  accountChanged(orgId);
  metrics().ledgerDrift.inc();
  ctx.log.error({ orgId, drift }, "an account drifted from its entries: rebuilding");
  const left = await rebuild(orgId);
  accountChanged(orgId);
  if (left.length > 0)
    ctx.log.error({ orgId, drift: left }, "an account could not be rebuilt from its entries");
  return left.length > 0 ? { kind: "unresolved", drift: left } : { kind: "rebuilt", drift };
}

/** The drift that is there now, with the account marked recalculating; none where it was mended since the snapshot. */
function confirmDrift(ctx: Ctx, orgId: string): Promise<readonly Drift[]> {
  return inTransaction(async (tx) => {
    await lockAccount(tx, orgId);
    const drift = await findDrift(orgId, tx);
    if (drift.length > 0) await markRecalculating(orgId, ctx.now(), tx);
    return drift;
  });
}

/** Rebuilds the account under its lock; returns the drift that is left. */
function rebuild(orgId: string): Promise<readonly Drift[]> {
  return inTransaction(async (tx) => {
    await lockAccount(tx, orgId);
    await rebuildFromEntries(tx, orgId);
    await rebuildRollup(tx, orgId);
    await keepWatch(tx, orgId);
    const left = await findDrift(orgId, tx);
    if (left.length === 0) await markRecalculating(orgId, null, tx);
    return left;
  });
}
