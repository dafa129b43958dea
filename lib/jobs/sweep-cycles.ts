import type { Ctx } from "@/lib/auth/context";
import { expireLots } from "@/lib/credits/expire-lots";
import { findDueAccounts } from "@/lib/credits/find-due-accounts";
import { renewAllowance } from "@/lib/credits/renew-allowance";

const BATCH = 500;

export type Sweep = { readonly renewed: number; readonly expired: number; readonly failed: number };

/**
 * Renews every account whose cycle has ended, then expires every other lot whose time is up. One account a transaction;
 * one that fails is logged and tried again on the next sweep, and holds nobody else up.
 */
export async function sweepCycles(ctx: Ctx): Promise<Sweep> {
  const renewals = await each(ctx, "renewal", (orgId) => renewAllowance(ctx, orgId));
  const expiries = await each(ctx, "expiry", (orgId) => expireLots(ctx, orgId));
  const sweep = { renewed: renewals.done, expired: expiries.done, failed: renewals.failed + expiries.failed };
  if (sweep.renewed + sweep.expired + sweep.failed > 0) ctx.log.info(sweep, "swept billing cycles");
  return sweep;
}

async function each(
  ctx: Ctx,
  what: "renewal" | "expiry",
  work: (orgId: string) => Promise<unknown>,
): Promise<{ done: number; failed: number }> {
  const failed = new Set<string>();
  let done = 0;
  for (;;) {
    const fresh = (await findDueAccounts(ctx, what, BATCH + failed.size)).filter(
      (orgId) => !failed.has(orgId),
    );
    if (fresh.length === 0) return { done, failed: failed.size };
    for (const orgId of fresh) {
      try {
        await work(orgId);
        done += 1;
      } catch (error) {
        failed.add(orgId);
        ctx.log.error({ err: error, orgId }, "a billing cycle could not be swept");
      }
    }
  }
}
