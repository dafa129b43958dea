import type { Ctx } from "@/lib/auth/context";
import { chargeTopUp } from "@/lib/billing/charge-top-up";
import { consentWords } from "@/lib/billing/core/top-up-words";
import { customerOf } from "@/lib/billing/customer-of";
import { saveTopUp } from "@/lib/billing/save-top-up";
import { findOpenAttempt } from "@/lib/billing/store/top-up-attempts";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { grantCredits } from "@/lib/credits/grant-credits";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { newId } from "@/lib/shared/ids";
import { credits, microUsd } from "@/lib/shared/money";
import type { SandboxClient } from "../sandbox/client";
import { type Buyer, givenBuyer, type givenPack } from "./buyer";
import { fullStart } from "./ledger";

type Pack = Awaited<ReturnType<typeof givenPack>>;
type Stripe = SandboxClient["stripe"];

/** A customer's saved card, and that we know of it; the id of its payment method. */
export async function giveCard(ctx: Ctx, stripe: Stripe, orgId: string, card = "4242424242424242") {
  const customer = await customerOf(ctx, orgId, "Garage");
  const { id } = await stripe.saveCard({ customer, card, asDefault: true });
  await syncCustomer(ctx, customer);
  return { customer, method: id };
}

export type Terms = { readonly threshold: number; readonly monthlyLimitPence: number | null };

const TERMS: Terms = { threshold: 100, monthlyLimitPence: null };

/** What a member sends who has read the words. */
export async function confirmed(pack: Pack, terms: Partial<Terms> = {}) {
  const { threshold, monthlyLimitPence } = { ...TERMS, ...terms };
  const { name } = await prisma().creditPack.findUniqueOrThrow({ where: { id: pack.packId } });
  const words = consentWords({ threshold, monthlyLimitPence, pack: { ...pack, name } });
  return { threshold, monthlyLimitPence, packId: pack.packId, confirmed: words };
}

/** An owner with a card, so many credits, and auto top-up of a pack switched on. */
export async function givenTopUp(
  ctx: Ctx,
  stripe: Stripe,
  pack: Pack,
  given: Partial<Terms> & { readonly credits?: number; readonly card?: string } = {},
) {
  const buyer = await givenBuyer(ctx);
  const { orgId } = buyer;
  const card = await giveCard(ctx, stripe, orgId, given.card);
  const amount = credits(given.credits ?? 150);
  await grantCredits(ctx, { orgId, kind: "purchased", amount, key: "given:purchased" });
  await saveTopUp(buyer.member, orgId, await confirmed(pack, given));
  return { ...buyer, ...card };
}

const CENT = 10_000n;

/** One call that costs so many credits; nothing that follows from it is done yet. */
export const use = (ctx: Ctx, { orgId }: Pick<Buyer, "orgId">, whole: number) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef: newId(),
    cost: microUsd(BigInt(whole) * CENT),
    counted: true,
    start: fullStart(ctx.now()),
  });

/** What the worker does for an organisation: looks at its balance, and charges what was claimed. */
export async function topUpJobs(ctx: Ctx, { orgId }: Pick<Buyer, "orgId">): Promise<void> {
  await watchBalance(ctx, orgId);
  const attempt = await findOpenAttempt(orgId);
  if (attempt) await chargeTopUp(ctx, { orgId, attemptId: attempt.id });
}
