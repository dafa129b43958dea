import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import { withAccount } from "./store/account";
import { openLots, postExpiries } from "./store/postings";

/**
 * Posts the expiry of every open lot of an organisation whose time is up; returns how many. A lot serves until its
 * expiry is posted. A monthly lot whose renewal is due is left to the renewal, so that no moment lies between them.
 */
export async function expireLots(ctx: Ctx, orgId: string): Promise<number> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  return withAccount(orgId, undefined, async (tx, account) => {
    const renewalDue =
      (account.state === "active" || account.state === "grandfathered") &&
      account.renewsAt !== null &&
      account.renewsAt <= now;
    const due = (await openLots(tx, orgId)).filter(
      (lot) => lot.expiresAt !== null && lot.expiresAt <= now && !(lot.kind === "monthly" && renewalDue),
    );
    await postExpiries(tx, account, due, { at: now, actor: actorName(ctx.actor), reason: null });
    return due.length;
  });
}
