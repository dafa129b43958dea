import type { Ctx } from "@/lib/auth/context";
import { listAccounts } from "@/lib/credits/find-due-accounts";
import { reconcileAccount } from "@/lib/credits/reconcile-account";

/** Holds every account against its entries, one at a time. */
export async function reconcileEverything(ctx: Ctx): Promise<{ checked: number; drifted: number }> {
  let drifted = 0;
  const orgIds = await listAccounts(ctx);
  for (const orgId of orgIds) {
    const { kind } = await reconcileAccount(ctx, orgId);
    if (kind !== "in-step") drifted += 1;
  }
  ctx.log.info({ checked: orgIds.length, drifted }, "reconciled every account");
  return { checked: orgIds.length, drifted };
}
