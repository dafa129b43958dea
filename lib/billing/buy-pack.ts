import { asSystem, type Ctx } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { credits } from "@/lib/shared/money";
import { applySession } from "./apply-session";
import { customerOf, renewCustomer } from "./customer-of";
import { endOrder } from "./end-order";
import { authorizePurchase } from "./purchase-access";
import { findBuyer } from "./store/customers";
import { keepSession, type Order, openCheckoutOrder } from "./store/orders";
import { findOfferedPack, type PricedPack } from "./store/packs";
import { createSession, SESSION_RETRY_MS } from "./stripe/create-session";
import { isMissingCustomer } from "./stripe/errors";
import { expireSession } from "./stripe/expire-session";
import { readSession } from "./stripe/read-session";

/** A pack as the page showed it when Buy Now was pressed. */
export type ShownPack = {
  readonly packId: string;
  /** Whole credits. */
  readonly credits: number;
  readonly pricePence: number;
};

/** Each of these takes another round: an ended session, a customer deleted at Stripe, another offer, a lost race. */
const MAX_ROUNDS = 5;

const TRY_AGAIN = "Checkout could not be started. Please try again in a moment.";

/**
 * The address of Stripe's checkout for a pack. A second click, in this tab or another, is led to the first one's session
 * while that is open: one click is paid once. Needs `billing.credits.purchase`; conflict where the page showed another offer.
 */
export async function buyPack(ctx: Ctx, orgId: string, shown: ShownPack): Promise<{ readonly url: string }> {
  const system = asSystem(ctx, "checkout");
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { userId } = await authorizePurchase(ctx, orgId);
    const pack = await findShownPack(shown);
    const order = await openCheckoutOrder(begin(ctx, { orgId, userId, pack }));
    if (!order) continue;
    if (!isOrderOf(pack, order)) {
      await endOrder(system, order);
      continue;
    }
    const url = order.sessionId
      ? await findOpenUrl(system, order, order.sessionId)
      : await startSession(system, order);
    if (!url) continue;
    // If the organisation was frozen meanwhile, there was no session yet that freezing could expire.
    await authorizePurchase(ctx, orgId).catch(async (error: unknown) => {
      await endOrder(system, order);
      throw error;
    });
    return { url };
  }
  throw new AppError("unavailable", TRY_AGAIN);
}

async function findShownPack({ packId, ...shown }: ShownPack): Promise<PricedPack> {
  const pack = await findOfferedPack(packId);
  if (!pack) throw new AppError("not_found", "This credit pack is no longer available.");
  if (pack.credits !== shown.credits || pack.pricePence !== shown.pricePence)
    throw new AppError("conflict", "This credit pack has just changed. Please look at it again.");
  return pack;
}

const isOrderOf = (pack: PricedPack, order: Order): boolean =>
  order.microcredits === credits(pack.credits) &&
  order.pricePence === pack.pricePence &&
  order.stripePriceId === pack.stripePriceId;

function begin(ctx: Ctx, { orgId, userId, pack }: { orgId: string; userId: string; pack: PricedPack }) {
  return {
    orgId,
    id: ctx.newId(),
    packId: pack.id,
    packName: pack.name,
    microcredits: credits(pack.credits),
    pricePence: pack.pricePence,
    stripePriceId: pack.stripePriceId,
    userId,
    createdAt: ctx.now(),
  };
}

/** The session's address while it can be paid; otherwise its order has been ended, and the next round begins another. */
async function findOpenUrl(ctx: Ctx, order: Order, sessionId: string): Promise<string | undefined> {
  const session = await readSession(sessionId);
  if (session?.status === "open") return session.url;
  await applySession(ctx, sessionId, { order });
  return undefined;
}

/**
 * The new session's address; undefined where another round is needed. The order stays open whatever Stripe answers: a
 * refusal does not prove that no concurrent request has made a session, and the next click asks again under the same
 * key.
 */
async function startSession(ctx: Ctx, order: Order): Promise<string | undefined> {
  const { orgId, id: orderId, userId } = order;
  const buyer = userId && (await findBuyer(orgId, userId));
  const isTooOld = ctx.now().getTime() - order.createdAt.getTime() > SESSION_RETRY_MS;
  if (!buyer || isTooOld) {
    await endOrder(ctx, order);
    return undefined;
  }
  const customerId = await customerOf(ctx, orgId, buyer.orgName);
  const session = await createSession({ ...order, orderId, customerId, receiptEmail: buyer.email }).catch(
    async (cause: unknown) => {
      if (!isMissingCustomer(cause)) throw new AppError("unavailable", TRY_AGAIN, { cause });
      await renewCustomer(orgId, buyer.orgName, customerId);
      return undefined;
    },
  );
  if (!session) return undefined;
  if (session.kind === "other-price") {
    ctx.log.error({ ...session, packId: order.packId }, "a pack's price at Stripe is another one");
    await endOrder(ctx, order);
    throw new AppError("unavailable", "This credit pack is being configured. Check back soon.");
  }
  if (await keepSession(orgId, orderId, session.sessionId)) return session.url;
  // While we waited for Stripe, the order ended or got another session: nobody was given this one's address.
  await expireSession(session.sessionId);
  return undefined;
}
