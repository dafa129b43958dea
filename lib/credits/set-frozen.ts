import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { isBelowMark, withAccount } from "./store/account";
import { writeFrozen } from "./store/accounts";

export type SetFrozenInput = {
  readonly orgId: string;
  readonly frozen: boolean;
  /** Kept on the account while it is frozen. */
  readonly reason: string;
};

/** Stops or restarts an organisation's AI consumption; returns whether that changed anything. */
export async function setFrozen(ctx: Ctx, input: SetFrozenInput, tx?: Queryable): Promise<boolean> {
  requireSystem(ctx.actor);
  const { orgId, frozen, reason } = input;
  return withAccount(orgId, tx, async (inside, account) => {
    if ((account.frozenAt !== null) === frozen) return false;
    await writeFrozen(inside, orgId, frozen ? { at: ctx.now(), reason } : null);
    if (frozen) await enqueue(inside, "end-open-orders", { orgId });
    else if (isBelowMark(account)) await enqueue(inside, "watch-balance", { orgId });
    return true;
  });
}
