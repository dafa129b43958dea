import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { lockAccount, withAccount } from "./store/account";
import { writePeriod } from "./store/accounts";
import { openLots, postExpiries, type Stamp } from "./store/postings";

/**
 * Posts the expiry of every open lot of an organisation whose time is up; returns how many. A lot serves until its
 * expiry is posted. A monthly lot whose renewal is due is left to the renewal, which expires it and grants the next one
 * in one transaction; a period that ends without a renewal no longer sets the gauge's maximum.
 */
export async function expireLots(ctx: Ctx, orgId: string): Promise<number> {
  requireSystem(ctx.actor);
  const stamp = { at: ctx.now(), actor: actorName(ctx.actor), reason: null };
  return withAccount(orgId, undefined, async (tx, { renewsAt, periodEndsAt }) => {
    const expired = await postDueExpiries(tx, orgId, stamp);
    if (renewsAt === null && periodEndsAt !== null && periodEndsAt <= stamp.at)
      await writePeriod(tx, orgId, { endsAt: periodEndsAt, granted: 0n, bays: null });
    return expired;
  });
}

/** Posts the expiry of every open lot whose time is up, in a transaction that holds the account's lock; returns how many. */
export async function postDueExpiries(tx: Queryable, orgId: string, stamp: Stamp): Promise<number> {
  const account = await lockAccount(tx, orgId);
  const renewalDue = account.renewsAt !== null && account.renewsAt <= stamp.at;
  const due = (await openLots(tx, orgId)).filter(
    (lot) => lot.expiresAt !== null && lot.expiresAt <= stamp.at && !(lot.kind === "monthly" && renewalDue),
  );
  await postExpiries(tx, account, due, stamp);
  return due.length;
}
