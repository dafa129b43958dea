import type { Ctx } from "@/lib/auth/context";
import { expireLots } from "@/lib/credits/expire-lots";
import { findDueAccounts } from "@/lib/credits/find-due-accounts";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { databaseNow } from "@/lib/db/database-clock";
import { metrics } from "@/lib/shared/metrics";

const BATCH = 500;
/** Clocks differ by a little everywhere; by more than this, this process's is wrong. */
const CLOCK_TOLERANCE_MS = 60_000;

export type Sweep = { readonly renewed: number; readonly expired: number; readonly failed: number };

/**
 * Renews every account whose period has ended, then expires every other lot whose time is up. One account per transaction;
 * one that fails, or is due again after it was done, is logged, counted, and left to the next sweep. Nothing is done ahead of
 * the database's clock, moved or not: a period that a wrong clock had granted early would be missing in its own month.
 */
export async function sweepCycles(given: Ctx): Promise<Sweep> {
  const ctx = await notAheadOfDatabase(given);
  const renewals = await each(ctx, "renewal", (orgId) => renewAllowance(ctx, orgId, { scheduled: true }));
  const expiries = await each(ctx, "expiry", (orgId) => expireLots(ctx, orgId));
  const sweep = { renewed: renewals.done, expired: expiries.done, failed: renewals.failed + expiries.failed };
  if (sweep.renewed + sweep.expired + sweep.failed > 0) ctx.log.info(sweep, "swept billing cycles");
  return sweep;
}

/** The same context, whose clock stands still where the database's stands if it had run ahead of that. */
async function notAheadOfDatabase(ctx: Ctx): Promise<Ctx> {
  const latest = await databaseNow();
  const aheadMs = ctx.now().getTime() - latest.getTime();
  if (aheadMs <= 0) return ctx;
  if (aheadMs > CLOCK_TOLERANCE_MS)
    ctx.log.error({ aheadMs }, "this process's clock is ahead of the database's: cycles are swept by that");
  return { ...ctx, now: () => latest };
}

async function each(
  ctx: Ctx,
  what: "renewal" | "expiry",
  work: (orgId: string) => Promise<unknown>,
): Promise<{ done: number; failed: number }> {
  const done = new Set<string>();
  const left = new Set<string>();
  const leave = (orgId: string, why: object): void => {
    left.add(orgId);
    metrics().cyclesLeft.inc({ what });
    ctx.log.error({ ...why, orgId, what }, "a billing cycle could not be swept");
  };
  for (;;) {
    const due = (await findDueAccounts(ctx, what, BATCH + left.size)).filter((orgId) => !left.has(orgId));
    if (due.length === 0) return { done: done.size, failed: left.size };
    for (const orgId of due) {
      if (done.delete(orgId)) {
        leave(orgId, { stuck: true });
        continue;
      }
      try {
        await work(orgId);
        done.add(orgId);
      } catch (error) {
        leave(orgId, { err: error });
      }
    }
  }
}
