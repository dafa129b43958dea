import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { inTransaction } from "@/lib/db/transaction";
import { applySession } from "./apply-session";
import { chargeTopUp } from "./charge-top-up";
import { claimTopUp } from "./claim-top-up";
import { closeTopUpPage } from "./close-top-up-page";
import { findOrder } from "./store/orders";
import { type Attempt, unfinishedAttempts } from "./store/top-up-attempts";
import { overlookedTopUps } from "./store/top-ups";
import { isAbandoned } from "./top-up-page";

/** Younger attempts are left to their jobs. */
const SETTLED_MS = 2 * 60_000;
/** How long a page of Stripe's that was never opened is waited for. */
const SESSION_MS = 3_600_000;
const BATCH = 500;

export type ReconciledTopUps = {
  readonly attempts: number;
  readonly claimed: number;
  readonly failed: number;
};

/**
 * Takes up every attempt that was cut off, and looks at every organisation below its threshold that no job looked at: after
 * a lost one, or in a new month. Never makes a second payment for an attempt.
 */
export async function reconcileTopUps(
  ctx: Ctx,
  { batch = BATCH }: { readonly batch?: number } = {},
): Promise<ReconciledTopUps> {
  requireSystem(ctx.actor);
  let failed = 0;
  const run = async <T>(what: object, work: () => Promise<T>): Promise<T | undefined> =>
    work().catch((error: unknown) => {
      failed += 1;
      ctx.log.error({ err: error, ...what }, "an auto top-up could not be reconciled");
      return undefined;
    });
  const unfinished = await unfinishedAttempts(new Date(ctx.now().getTime() - SETTLED_MS), BATCH);
  for (const attempt of unfinished) await run({ attemptId: attempt.id }, () => takeUp(ctx, attempt));
  let claimed = 0;
  // Those at their limit stay in this list until the month ends: page by page, they hide nobody.
  for (let after: string | null = null, isMore = true; isMore; ) {
    const page: string[] = await overlookedTopUps(ctx.now(), { after, limit: batch });
    for (const orgId of page) {
      const claim = await run({ orgId }, () => inTransaction((tx) => claimTopUp(ctx, orgId, tx)));
      if (claim?.kind !== "claimed") continue;
      claimed += 1;
      accountChanged(orgId);
    }
    after = page.at(-1) ?? null;
    isMore = page.length === batch;
  }
  const done = { attempts: unfinished.length, claimed, failed };
  if (unfinished.length + claimed + failed > 0) ctx.log.warn(done, "auto top-ups were reconciled");
  return done;
}

async function takeUp(ctx: Ctx, attempt: Attempt): Promise<void> {
  const { orgId, id: attemptId, orderId } = attempt;
  if (attempt.via === "charge") return chargeTopUp(ctx, { orgId, attemptId });
  const order = await findOrder({ orgId, orderId });
  if (order?.sessionId) await applySession(ctx, order.sessionId, { order });
  const now = await findOrder({ orgId, orderId });
  // A page whose payment has failed for good, as a bank debit can, counts as closed, like one that was never made.
  const isOver = now?.status === "failed" || now?.status === "expired";
  const isLost = !now?.sessionId && ctx.now().getTime() - attempt.claimedAt.getTime() > SESSION_MS;
  if (isOver || isLost || (await isAbandoned(attempt, ctx.now())))
    await closeTopUpPage(ctx, { orgId, attemptId });
}
