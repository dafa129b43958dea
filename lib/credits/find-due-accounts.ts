import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountsDueForExpiry, accountsDueForRenewal } from "./store/accounts";
import { accountIds } from "./store/reconcile";

/** Organisations that need a renewal or an expiry posted now, at most `limit`. */
export async function findDueAccounts(
  ctx: Ctx,
  what: "renewal" | "expiry",
  limit: number,
): Promise<string[]> {
  requireSystem(ctx.actor);
  return what === "renewal"
    ? accountsDueForRenewal(ctx.now(), limit)
    : accountsDueForExpiry(ctx.now(), limit);
}

/** Every organisation that has an account. */
export async function listAccounts(ctx: Ctx): Promise<string[]> {
  requireSystem(ctx.actor);
  return accountIds();
}
