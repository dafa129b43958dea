import { type Ctx, requireMember } from "@/lib/auth/context";
import { type AccountRow, readAccount } from "./store/account";

/** Subscription state, allowance and trial spend: what the subscription card shows. Needs `billing.view`. */
export async function getAccountSummary(ctx: Ctx, orgId: string): Promise<Omit<AccountRow, "balance">> {
  requireMember(ctx.actor, orgId, "billing.view");
  const { balance: _balance, ...summary } = await readAccount(orgId);
  return summary;
}
