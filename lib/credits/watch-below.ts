import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import type { Microcredits } from "@/lib/shared/money";
import { withAccount } from "./store/account";
import { writeWakeBelow } from "./store/accounts";

/**
 * Has `watch-balance` queued whenever the balance falls below a mark, or something is posted below it; and at once,
 * where the balance is below it now. Null ends that. What the mark is for is the caller's matter.
 */
export async function watchBelow(
  ctx: Ctx,
  { orgId, below }: { readonly orgId: string; readonly below: Microcredits | null },
  tx: Queryable,
): Promise<void> {
  requireSystem(ctx.actor);
  await withAccount(orgId, tx, async (inside, { balance }) => {
    await writeWakeBelow(inside, orgId, below);
    if (below !== null && balance < below) await enqueue(inside, "watch-balance", { orgId });
  });
}
