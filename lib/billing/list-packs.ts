import { type Ctx, requireMember } from "@/lib/auth/context";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { AppError } from "@/lib/shared/errors";
import { offerPacks, type PackOffer } from "./core/pack-offer";
import { mayBuyIn } from "./purchase-access";
import { offeredPacks } from "./store/packs";

export type PacksDto = { readonly packs: readonly PackOffer[] };

/** The packs on offer; empty until they have prices at Stripe. Needs `billing.credits.view`; not for trials. */
export async function listPacks(ctx: Ctx, orgId: string): Promise<PacksDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  const { state } = await getAccountSummary(ctx, orgId);
  if (!mayBuyIn(state)) throw new AppError("not_found", "Credit packs are not part of this subscription.");
  const packs = (await offeredPacks()).map(({ stripePriceId: _price, ...pack }) => pack);
  return { packs: offerPacks(packs) };
}
