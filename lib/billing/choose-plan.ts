import { asSystem, type Ctx } from "@/lib/auth/context";
import { AppError, isAppError } from "@/lib/shared/errors";
import { applySubscription } from "./apply-subscription";
import { readSubscriptionSession } from "./apply-subscription-session";
import { isLiving, MAX_BAYS } from "./core/decide-subscription";
import type { PlanChoice } from "./core/plan-price";
import { customerOf, renewCustomer } from "./customer-of";
import { endSubscriptionOrder } from "./end-subscription-order";
import { ALREADY_SUBSCRIBED, authorizeChoice } from "./plan-access";
import { findBuyer } from "./store/customers";
import { currentPlan, type Plan } from "./store/plans";
import {
  keepSubscriptionSession,
  openSubscriptionOrder,
  type SubscriptionOrder,
} from "./store/subscription-orders";
import { SESSION_RETRY_MS } from "./stripe/create-session";
import { createSubscriptionSession } from "./stripe/create-subscription-session";
import { isMissingCustomer } from "./stripe/errors";
import { expireSession } from "./stripe/expire-session";
import { listSubscriptions } from "./stripe/list-subscriptions";
import { readSession } from "./stripe/read-session";

/** Each of these takes another round: an ended session, a customer deleted at Stripe, another choice, a lost race. */
const MAX_ROUNDS = 5;

const TRY_AGAIN = "Checkout could not be started. Please try again in a moment.";
const CHOSEN_MEANWHILE = "Another plan was chosen at the same moment. Please reload the page.";
const NO_PLAN = "Plans are being configured. Check back soon.";

/**
 * The address of Stripe's checkout for a choice at Choose Your Plan. An organisation has one open order: the same choice
 * again, in whatever tab, leads to its session, and another one ends it first, so that two are never paid. Needs
 * `billing.manage`; conflict where there is a subscription already.
 */
export async function choosePlan(
  ctx: Ctx,
  orgId: string,
  choice: PlanChoice,
): Promise<{ readonly url: string }> {
  const system = asSystem(ctx, "checkout");
  let hasEndedAnother = false;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { userId } = await authorizeChoice(ctx, orgId);
    const offer = await offerFor(choice);
    const order = await openSubscriptionOrder({
      ...offer,
      orgId,
      id: ctx.newId(),
      userId,
      createdAt: ctx.now(),
    });
    if (!order) continue;
    if (!isOrderOf(offer, order)) {
      // A click ends one other order at most: where two people choose at once, each would end the other's for ever.
      if (hasEndedAnother) throw new AppError("conflict", CHOSEN_MEANWHILE);
      hasEndedAnother = true;
      await endSubscriptionOrder(system, order);
      continue;
    }
    const url = order.sessionId
      ? await findOpenUrl(system, order, order.sessionId)
      : await startSession(system, order);
    if (!url) continue;
    // If the organisation was frozen, or has subscribed, meanwhile, there was no session yet that this could expire.
    await authorizeChoice(ctx, orgId).catch(async (error: unknown) => {
      await endSubscriptionOrder(system, order);
      throw error;
    });
    return { url };
  }
  throw new AppError("unavailable", TRY_AGAIN);
}

type Offer = Pick<SubscriptionOrder, "bays" | "interval" | "priceId" | "taxRateId" | "unitPence">;

async function offerFor({ bays, interval }: PlanChoice): Promise<Offer> {
  if (!Number.isInteger(bays) || bays < 1 || bays > MAX_BAYS)
    throw new AppError("invalid_input", `Choose between 1 and ${MAX_BAYS} bays.`);
  const plan = await currentPlan();
  if (!plan) throw new AppError("unavailable", NO_PLAN);
  return { bays, interval, taxRateId: plan.taxRateId, ...priceOf(plan, interval) };
}

const priceOf = (plan: Plan, interval: PlanChoice["interval"]): Pick<Offer, "priceId" | "unitPence"> =>
  interval === "year"
    ? { priceId: plan.yearlyPriceId, unitPence: plan.yearlyPence }
    : { priceId: plan.monthlyPriceId, unitPence: plan.monthlyPence };

const isOrderOf = (offer: Offer, order: SubscriptionOrder): boolean =>
  order.bays === offer.bays &&
  order.interval === offer.interval &&
  order.priceId === offer.priceId &&
  order.taxRateId === offer.taxRateId &&
  order.unitPence === offer.unitPence;

/**
 * The session's address while it can be paid; otherwise what Stripe says of it is applied, and the next round starts
 * from that.
 */
async function findOpenUrl(
  ctx: Ctx,
  order: SubscriptionOrder,
  sessionId: string,
): Promise<string | undefined> {
  const session = await readSession(sessionId);
  if (session?.status === "open") return session.url;
  await readSubscriptionSession(ctx, sessionId, order);
  return undefined;
}

/**
 * The new session's address; undefined where another round is needed. As for a pack, a refusal does not end the order.
 */
async function startSession(ctx: Ctx, order: SubscriptionOrder): Promise<string | undefined> {
  const { orgId, id: orderId, userId } = order;
  const buyer = await findBuyer(orgId, userId);
  const isTooOld = ctx.now().getTime() - order.createdAt.getTime() > SESSION_RETRY_MS;
  if (!buyer || isTooOld) {
    await endSubscriptionOrder(ctx, order);
    return undefined;
  }
  const customerId = await customerOf(ctx, orgId, buyer.orgName);
  const session = await refuseSecond(ctx, customerId)
    .then(() => createSubscriptionSession({ ...order, orderId, customerId }))
    .catch(async (cause: unknown) => {
      if (isAppError(cause)) throw cause;
      if (!isMissingCustomer(cause)) throw new AppError("unavailable", TRY_AGAIN, { cause });
      await renewCustomer(orgId, buyer.orgName, customerId);
      return undefined;
    });
  if (!session) return undefined;
  if (session.kind === "other-price") {
    ctx.log.error({ ...session, priceId: order.priceId }, "the plan's price at Stripe is another one");
    await endSubscriptionOrder(ctx, order);
    throw new AppError("unavailable", NO_PLAN);
  }
  if (await keepSubscriptionSession(orgId, orderId, session.sessionId)) return session.url;
  // While we waited for Stripe, the order ended or got another session: nobody was given this one's address.
  await expireSession(session.sessionId);
  return undefined;
}

/** Stripe may know of a subscription that we have not heard of: it is applied, and there is no second one. */
async function refuseSecond(ctx: Ctx, customerId: string): Promise<void> {
  for (const subscriptionId of await listSubscriptions(customerId)) {
    const meaning = await applySubscription(ctx, subscriptionId);
    if (meaning !== "duplicate" && meaning !== "not-ours" && isLiving(meaning))
      throw new AppError("conflict", ALREADY_SUBSCRIBED);
  }
}
