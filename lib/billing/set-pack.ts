import { actOnce } from "@/lib/audit/act-once";
import { type Ctx, requireSupport } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { credits } from "@/lib/shared/money";
import { findPack, savePack, withdrawPack } from "./store/packs";
import { readPrice } from "./stripe/read-price";

type PackAct = {
  readonly stripePriceId: string;
  /** Each key acts once only. */
  readonly key: string;
  readonly reason: string;
};

export type PackInput = PackAct & {
  readonly name: string;
  /** Whole credits, at least one. */
  readonly credits: number;
  /** Smaller ones stand first. */
  readonly position: number;
};

/** Offers a pack at a price of Stripe's, or changes the one at that price. What it costs is read from Stripe. */
export async function setPack(ctx: Ctx, input: PackInput): Promise<{ readonly pricePence: number }> {
  requireSupport(ctx.actor);
  const { key, reason, ...offer } = input;
  const { stripePriceId, name, position } = offer;
  const price = await readPrice(stripePriceId);
  if (price === "missing") throw new AppError("not_found", `Stripe knows no price "${stripePriceId}".`);
  if (price === "not-sellable")
    throw new AppError("invalid_input", "A pack needs an active one-time price in pounds, VAT included.");
  const { pricePence } = price;
  const pack = {
    id: ctx.newId(),
    stripePriceId,
    name,
    microcredits: credits(input.credits),
    pricePence,
    position,
  };
  await inTransaction((tx) =>
    actOnce(ctx, tx, { orgId: null, action: "offer-pack", key, reason, input: offer }, async () => {
      const before = await findPack(tx, stripePriceId);
      await savePack(tx, pack);
      return { before: before ?? null, after: (await findPack(tx, stripePriceId)) ?? null };
    }),
  );
  return { pricePence };
}

/** Takes a pack off the offer. What was bought, or is being paid for just now, stays. */
export async function endPack(ctx: Ctx, { stripePriceId, key, reason }: PackAct): Promise<void> {
  requireSupport(ctx.actor);
  const act = { orgId: null, action: "withdraw-pack", key, reason, input: { stripePriceId } } as const;
  await inTransaction((tx) =>
    actOnce(ctx, tx, act, async () => {
      const before = await findPack(tx, stripePriceId);
      if (!before) throw new AppError("not_found", `There is no pack at the price "${stripePriceId}".`);
      await withdrawPack(tx, stripePriceId);
      return { before, after: { ...before, active: false } };
    }),
  );
}
