import { type Ctx, requireSystem } from "@/lib/auth/context";
import { warningsReached } from "./core/crossings";
import { withAccount } from "./store/account";
import { recordWarnings } from "./store/accounts";

export type WarningOutcome =
  | { readonly kind: "warned"; readonly threshold: number }
  | { readonly kind: "nothing due" };

/**
 * Sends the warning of the highest threshold that an account has passed, once until it is re-armed. Run whenever a
 * settle, an expiry, a reversal or a renewal crossed the account's wake mark. Demo and frozen organisations get none.
 */
export async function sendWarning(ctx: Ctx, orgId: string): Promise<WarningOutcome> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  return withAccount(orgId, undefined, async (tx, account) => {
    if (account.frozen) return { kind: "nothing due" };
    const fresh = await recordWarnings(tx, orgId, warningsReached(account), now);
    const threshold = Math.max(0, ...fresh);
    if (threshold === 0) return { kind: "nothing due" };
    ctx.log.info({ orgId, threshold }, "credit warning");
    return { kind: "warned", threshold };
  });
}
