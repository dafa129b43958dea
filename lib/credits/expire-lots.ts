import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import { withAccount } from "./store/account";
import { writePeriod } from "./store/accounts";
import { openLots, postExpiries } from "./store/postings";

/**
 * Posts the expiry of every open lot of an organisation whose time is up; returns how many. A lot serves until its
 * expiry is posted. A monthly lot whose renewal is due is left to the renewal, so that no moment lies between them; a
 * period that ends without one is over, and no longer the gauge's measure.
 */
export async function expireLots(ctx: Ctx, orgId: string): Promise<number> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  return withAccount(orgId, undefined, async (tx, account) => {
    const { renewsAt, periodEndsAt } = account;
    const renewalDue = renewsAt !== null && renewsAt <= now;
    const due = (await openLots(tx, orgId)).filter(
      (lot) => lot.expiresAt !== null && lot.expiresAt <= now && !(lot.kind === "monthly" && renewalDue),
    );
    await postExpiries(tx, account, due, { at: now, actor: actorName(ctx.actor), reason: null });
    if (renewsAt === null && periodEndsAt !== null && periodEndsAt <= now)
      await writePeriod(tx, orgId, { endsAt: periodEndsAt, granted: 0n, bays: null });
    return due.length;
  });
}
