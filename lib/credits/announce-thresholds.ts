import { type Ctx, requireSystem } from "@/lib/auth/context";
import { warningsReached } from "./core/crossings";
import { withAccount } from "./store/account";
import { recordWarnings } from "./store/accounts";

export type Announcement =
  | { readonly kind: "spoken"; readonly threshold: number }
  | { readonly kind: "silent" };

/**
 * Looks which warnings are due and speaks the highest of them, once until it is re-armed. Run whenever a settle, an
 * expiry, a reversal or a renewal crossed the account's wake mark. Demo and frozen organisations hear nothing.
 */
export async function announceThresholds(ctx: Ctx, orgId: string): Promise<Announcement> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  return withAccount(orgId, undefined, async (tx, account) => {
    if (account.frozen) return { kind: "silent" };
    const fresh = await recordWarnings(tx, orgId, warningsReached(account), now);
    const threshold = Math.max(0, ...fresh);
    if (threshold === 0) return { kind: "silent" };
    ctx.log.info({ orgId, threshold }, "credit warning");
    return { kind: "spoken", threshold };
  });
}
