import { type Ctx, requireSupport } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { credits } from "@/lib/shared/money";
import { savePack, withdrawPack } from "./store/packs";
import { readPrice } from "./stripe/read-price";

export type PackInput = {
  readonly stripePriceId: string;
  readonly name: string;
  /** Whole credits, at least one. */
  readonly credits: number;
  /** Smaller ones stand first. */
  readonly position: number;
};

/** Offers a pack at a price of Stripe's, or changes the one at that price. What it costs is Stripe's word, not ours. */
export async function setPack(ctx: Ctx, input: PackInput): Promise<{ readonly pricePence: number }> {
  requireSupport(ctx.actor);
  const { stripePriceId, name, position } = input;
  const price = await readPrice(stripePriceId);
  if (price === "missing") throw new AppError("not_found", `Stripe knows no price "${stripePriceId}".`);
  if (price === "not-sellable")
    throw new AppError("invalid_input", "A pack needs an active one-time price in pounds, VAT included.");
  const { pricePence } = price;
  await savePack({
    id: ctx.newId(),
    stripePriceId,
    name,
    credits: credits(input.credits),
    pricePence,
    position,
  });
  return { pricePence };
}

/** Takes a pack off the offer. What was bought, or is being paid for just now, stays. */
export async function endPack(ctx: Ctx, stripePriceId: string): Promise<void> {
  requireSupport(ctx.actor);
  if (!(await withdrawPack(stripePriceId)))
    throw new AppError("not_found", `There is no pack at the price "${stripePriceId}".`);
}
