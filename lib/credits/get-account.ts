import { type Ctx, requireSupport } from "@/lib/auth/context";
import { type BalanceRow, readBalance } from "./store/balance";

/** What stands on an account, lots in the order of the draw, whatever its state: for support, in exact units. */
export async function getAccount(ctx: Ctx, orgId: string): Promise<BalanceRow> {
  requireSupport(ctx.actor);
  return readBalance(orgId);
}
