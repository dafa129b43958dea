import type { Ctx } from "@/lib/auth/context";
import { sellByHand } from "@/lib/billing/sell-by-hand";
import type { Microcredits } from "@/lib/shared/money";
import { actOnAccount, type SupportAct } from "./act-on-account";

export type SaleInput = SupportAct & {
  readonly amount: Microcredits;
  /** What Purchase History calls it. */
  readonly packName: string;
  /** What was paid for it, by bank transfer for instance; VAT included. */
  readonly pricePence: number;
};

/** Gives an organisation credits that it paid for outside Stripe: they never expire, and stand in its Purchase History. */
export async function sellCredits(
  ctx: Ctx,
  { orgId, amount, packName, pricePence, key, reason }: SaleInput,
): Promise<{ readonly kind: "granted" | "replayed" }> {
  const input = { amount: `${amount}`, packName, pricePence };
  const { kind } = await actOnAccount(ctx, { orgId, key, reason, action: "sell", input }, (system, tx) =>
    sellByHand(system, { orgId, amount, packName, pricePence, sourceKey: `sale:${key}`, reason }, tx),
  );
  return { kind: kind === "replayed" ? kind : "granted" };
}
