import { type Ctx, requireMember } from "@/lib/auth/context";
import { wholeBalance } from "@/lib/shared/money";
import { refuseWithoutDashboard } from "./dashboard-access";
import { readAccount } from "./store/balance";
import { purchasesOf } from "./store/purchases";

export type PurchaseDto = {
  readonly id: string;
  readonly purchasedAt: string;
  readonly packName: string;
  readonly credits: number;
  readonly pricePence: number;
  readonly source: "manual" | "auto_top_up";
  readonly status: "paid" | "partly_refunded" | "refunded" | "disputed" | "charged_back";
  /** What came back: refunds, and disputes that the bank decided for its customer. */
  readonly returnedPence: number;
};

const MAX_PURCHASES = 100;

/** Past pack purchases, latest first. Needs `billing.credits.view`; not for trials. */
export async function listPurchases(ctx: Ctx, orgId: string): Promise<PurchaseDto[]> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  refuseWithoutDashboard((await readAccount(orgId)).state, "whole");
  return (await purchasesOf(orgId, MAX_PURCHASES)).map(({ purchasedAt, credits, ...purchase }) => ({
    ...purchase,
    purchasedAt: purchasedAt.toISOString(),
    credits: wholeBalance(credits),
  }));
}
