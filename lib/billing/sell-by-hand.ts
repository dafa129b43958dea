import { type Ctx, requireSystem } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import type { Queryable } from "@/lib/db/pool";
import type { Microcredits } from "@/lib/shared/money";
import { recordPurchase } from "./store/purchases";

export type SaleByHand = {
  readonly orgId: string;
  readonly amount: Microcredits;
  /** What Purchase History calls it. */
  readonly packName: string;
  /** VAT included; what was paid outside Stripe. */
  readonly pricePence: number;
  /** What caused it: each key sells once only. */
  readonly sourceKey: string;
  readonly reason: string;
};

/** Credits that were paid for outside Stripe: purchased, without expiry, and a line in Purchase History. */
export async function sellByHand(ctx: Ctx, sale: SaleByHand, tx: Queryable): Promise<void> {
  requireSystem(ctx.actor);
  const { orgId, amount, sourceKey, reason, packName, pricePence } = sale;
  const { kind } = await grantCredits(ctx, { orgId, kind: "purchased", amount, key: sourceKey, reason }, tx);
  if (kind === "replayed") return;
  await recordPurchase(tx, {
    orgId,
    sourceKey,
    packName,
    pricePence,
    id: ctx.newId(),
    microcredits: amount,
    source: "manual",
    status: "paid",
    returnedPence: 0,
    purchasedAt: ctx.now(),
  });
}

/** The whole of a sale by hand goes back: its credits are taken from where they are, and Purchase History says so. */
export async function refundByHand(ctx: Ctx, sale: SaleByHand, tx: Queryable): Promise<void> {
  requireSystem(ctx.actor);
  const { orgId, amount, sourceKey, reason, packName, pricePence } = sale;
  await reverseGrant(ctx, { orgId, sourceKey, takenBack: amount, reason }, tx);
  await recordPurchase(tx, {
    orgId,
    sourceKey,
    packName,
    pricePence,
    id: ctx.newId(),
    microcredits: amount,
    source: "manual",
    status: "refunded",
    returnedPence: pricePence,
    purchasedAt: ctx.now(),
  });
}
