import type { Ctx } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import type { MemberCtx } from "@/lib/auth/session";
import type { ShownPack } from "@/lib/billing/buy-pack";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { givenOrganisation } from "./organisation";

export type Buyer = { readonly orgId: string; readonly member: MemberCtx; readonly email: string };

/** A garage and a member of it, who looks at the clock of `ctx`. */
export async function givenBuyer(
  ctx: Ctx,
  given: { readonly role?: Role; readonly state?: SubscriptionState } = {},
): Promise<Buyer> {
  const { orgId } = await givenOrganisation(ctx, { state: given.state ?? "active", trialCapPence: 500 });
  return { orgId, ...(await givenMember(ctx, orgId, given.role ?? "owner")) };
}

export async function givenMember(ctx: Ctx, orgId: string, role: Role): Promise<Omit<Buyer, "orgId">> {
  const userId = newId();
  const email = `${userId}@garage.test`;
  await prisma().user.create({ data: { id: userId, name: "Sam Ortiz", email } });
  await prisma().member.create({
    data: { id: newId(), organizationId: orgId, userId, role, createdAt: ctx.now() },
  });
  return {
    email,
    member: { ...ctx, now: () => ctx.now(), actor: { kind: "member", userId, orgId, role } },
  };
}

const CREDITS = { price_starter: 1_000, price_workshop: 5_000, price_fleet: 20_000 } as const;
const PENCE = { price_starter: 1_000, price_workshop: 4_500, price_fleet: 16_000 } as const;

export type PriceId = keyof typeof CREDITS;

/** A pack at one of the prices that the local provider knows, as the page shows it. */
export async function givenPack(
  stripePriceId: PriceId,
  given: { readonly active?: boolean; readonly priced?: boolean } = {},
): Promise<ShownPack> {
  const pack = {
    name: stripePriceId,
    credits: credits(CREDITS[stripePriceId]),
    pricePence: PENCE[stripePriceId],
    stripePriceId: given.priced === false ? null : stripePriceId,
    position: 1,
    active: given.active ?? true,
  };
  const { id } = await prisma().creditPack.create({ data: { id: newId(), ...pack } });
  return { packId: id, credits: CREDITS[stripePriceId], pricePence: PENCE[stripePriceId] };
}
