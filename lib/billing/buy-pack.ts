import { asSystem, type Ctx } from "@/lib/auth/context";
import { AppError, isAppError } from "@/lib/shared/errors";
import { credits } from "@/lib/shared/money";
import { applySession } from "./apply-session";
import { authorizePurchase } from "./purchase-access";
import { type Checkout, keepSession, moveCheckout, openCheckout } from "./store/checkouts";
import { findBuyer, findCustomerId, keepCustomerId, replaceCustomerId } from "./store/customers";
import { findOfferedPack, type PricedPack } from "./store/packs";
import { createCustomer } from "./stripe/create-customer";
import { createSession, SESSION_RETRY_MS } from "./stripe/create-session";
import { isMissingCustomer, isUncertain } from "./stripe/errors";
import { readSession } from "./stripe/read-session";

/** An ended session, a customer who is gone, a race: each costs a round. */
const MAX_ROUNDS = 5;

const TRY_AGAIN = "Checkout could not be started. Please try again in a moment.";

/**
 * The address of Stripe's checkout for a pack. A second click, in this tab or another, is led to the first one's session
 * while that is open: one click is paid once. Needs `billing.credits.purchase`.
 */
export async function buyPack(ctx: Ctx, orgId: string, packId: string): Promise<{ readonly url: string }> {
  const { userId } = await authorizePurchase(ctx, orgId);
  const pack = await findOfferedPack(packId);
  if (!pack) throw new AppError("not_found", "This credit pack is no longer available.");
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const checkout = await openCheckout(begin(ctx, { orgId, userId, pack }));
    const url = checkout.sessionId
      ? await findOpenUrl(ctx, checkout, checkout.sessionId)
      : await startSession(ctx, checkout);
    if (url) return { url };
  }
  throw new AppError("unavailable", TRY_AGAIN);
}

function begin(ctx: Ctx, { orgId, userId, pack }: { orgId: string; userId: string; pack: PricedPack }) {
  return {
    orgId,
    id: ctx.newId(),
    packId: pack.id,
    packName: pack.name,
    credits: credits(pack.credits),
    pricePence: pack.pricePence,
    stripePriceId: pack.stripePriceId,
    userId,
    createdAt: ctx.now(),
  };
}

/** The session's address while it can be paid; otherwise its checkout has been ended, and the next round begins another. */
async function findOpenUrl(ctx: Ctx, checkout: Checkout, sessionId: string): Promise<string | undefined> {
  const session = await readSession(sessionId);
  if (session?.status === "open") return session.url;
  await applySession(asSystem(ctx, "checkout"), sessionId, { checkout });
  return undefined;
}

/** The new session's address; undefined where another round is needed. */
async function startSession(ctx: Ctx, checkout: Checkout): Promise<string | undefined> {
  if (ctx.now().getTime() - checkout.createdAt.getTime() > SESSION_RETRY_MS) {
    await moveCheckout(checkout, "expired");
    return undefined;
  }
  const { orgId, id: checkoutId } = checkout;
  const buyer = await findBuyer(orgId, checkout.userId);
  if (!buyer) throw new AppError("forbidden", "You belong to no organisation.");
  const customerId = await customerOf(ctx, orgId, buyer.orgName);
  try {
    const session = await createSession({ ...checkout, checkoutId, customerId, receiptEmail: buyer.email });
    if (session.kind === "other-price") {
      ctx.log.error({ ...session, packId: checkout.packId }, "a pack's price at Stripe is another one");
      throw new AppError("unavailable", "This credit pack is being configured. Check back soon.");
    }
    await keepSession(orgId, checkoutId, session.sessionId);
    return session.url;
  } catch (error) {
    // An uncertain one is asked for again under the same key by the next click. A refused one would be refused for ever.
    if (!isUncertain(error)) await moveCheckout(checkout, "failed");
    if (isAppError(error)) throw error;
    if (!isMissingCustomer(error)) throw new AppError("unavailable", TRY_AGAIN, { cause: error });
    await replaceCustomerId(orgId, customerId, await createCustomer(orgId, buyer.orgName, customerId));
    return undefined;
  }
}

async function customerOf(ctx: Ctx, orgId: string, orgName: string): Promise<string> {
  const known = await findCustomerId(orgId);
  return known ?? keepCustomerId(orgId, await createCustomer(orgId, orgName), ctx.now());
}
