import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { holdAccount } from "@/lib/credits/hold-account";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { applySession } from "./apply-session";
import { closeTopUpPage } from "./close-top-up-page";
import { isBeyondLimit, monthOf } from "./core/decide-top-up";
import { beyondLimitWords, deadLinkWords } from "./core/top-up-words";
import { customerOf } from "./customer-of";
import { authorizePurchase, buyingStoppedBy } from "./purchase-access";
import { findBuyer } from "./store/customers";
import { findOrder, insertTopUpOrder, keepSession, type Order } from "./store/orders";
import {
  type Attempt,
  claimAttempt,
  findAttempt,
  findOpenAttempt,
  monthTotals,
} from "./store/top-up-attempts";
import { findLinkByToken, type TopUpLink } from "./store/top-up-links";
import { findTopUp } from "./store/top-ups";
import { createSession, SESSION_RETRY_MS } from "./stripe/create-session";
import { asOutage } from "./stripe/errors";
import { expireSession } from "./stripe/expire-session";
import { readSession } from "./stripe/read-session";
import { isAbandoned } from "./top-up-page";
import { hashToken } from "./top-up-token";

/** A session that has ended takes another round. */
const MAX_ROUNDS = 3;

const NOT_OURS = "It may belong to another garage of yours, or the link is incomplete.";
const ON_ITS_WAY = "Your payment is on its way. The credits are added as soon as your bank has confirmed it.";
const TRY_AGAIN = "Checkout could not be started. Please try again in a moment.";

const PAY_FIRST =
  "Your subscription’s payment comes first. Once that has gone through, this link leads on to Stripe while it is valid.";
const SUBSCRIBE_FIRST = "Auto top-up needs an active subscription. Nothing was charged.";

export type OpenedLink =
  | { readonly kind: "checkout"; readonly url: string }
  | { readonly kind: "paid" }
  /** The way on is the subscription's card. */
  | { readonly kind: "subscription"; readonly why: string };

/**
 * The address of a Checkout for a pack whose payment the bank wants authenticated: made on this click, or the one that
 * an earlier click made while it is open. What is paid there counts as auto top-up and towards the month's limit, and
 * auto top-up goes on. `paid`: that has been done. A link that has ended leads nowhere, and the page that it led to is closed
 * before that is said. Needs `billing.credits.purchase`; another organisation's link is not found.
 */
export async function openTopUpLink(ctx: Ctx, orgId: string, token: string): Promise<OpenedLink> {
  const stopped = await findStop(ctx, orgId, token);
  if (stopped) return stopped;
  const { userId } = await authorizePurchase(ctx, orgId);
  return follow(asSystem(ctx, "auto-top-up"), orgId, userId, token).catch(asOutage);
}

async function follow(system: Ctx, orgId: string, userId: string, token: string): Promise<OpenedLink> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const claimed = await claimByLink(system, orgId, userId, token);
    if (claimed === "paid") return { kind: "paid" };
    if ("abandoned" in claimed) {
      await closePage(system, claimed.abandoned);
      continue;
    }
    const { attempt, order } = claimed;
    const url = order.sessionId
      ? await findOpenUrl(system, order, order.sessionId)
      : await startSession(system, attempt, order, userId);
    if (url) return { kind: "checkout", url };
  }
  throw new AppError("unavailable", TRY_AGAIN);
}

/** What is said where the subscription keeps it from buying; a link that has ended says that instead. */
async function findStop(ctx: Ctx, orgId: string, token: string): Promise<OpenedLink | undefined> {
  requireMember(ctx.actor, orgId, "billing.credits.purchase");
  const stop = buyingStoppedBy(await getAccountSummary(ctx, orgId));
  if (stop === null || stop === "frozen") return undefined;
  const link = await findLinkByToken(orgId, hashToken(token));
  if (!link) throw new AppError("not_found", NOT_OURS);
  if (link.outcome === "paid") return { kind: "paid" };
  if (!isLive(link, ctx.now())) throw await deadLink(link);
  return { kind: "subscription", why: stop === "past_due" ? PAY_FIRST : SUBSCRIBE_FIRST };
}

async function deadLink(link: TopUpLink, db?: Parameters<typeof findTopUp>[1]): Promise<AppError> {
  const topUp = await findTopUp(link.orgId, db);
  return new AppError("not_found", deadLinkWords(link, topUp?.enabled ?? false));
}

/** The page of an earlier link that stands in the way, or of this one after its time. */
type Abandoned = { readonly abandoned: Attempt };
type Claimed = { readonly attempt: Attempt; readonly order: Order } | Abandoned;

/** Closes a page; what was paid on it meanwhile is granted. Throws where a bank still works on that payment. */
async function closePage(ctx: Ctx, { orgId, id: attemptId }: Attempt): Promise<void> {
  await closeTopUpPage(ctx, { orgId, attemptId });
  if ((await findAttempt(orgId, attemptId))?.status === "open") throw new AppError("conflict", ON_ITS_WAY);
}

/** The order that the link leads to: the open one, else a new one under the organisation's one open attempt. */
async function claimByLink(
  ctx: Ctx,
  orgId: string,
  userId: string,
  token: string,
): Promise<Claimed | "paid"> {
  return inTransaction(async (tx) => {
    await holdAccount(ctx, orgId, tx);
    const now = ctx.now();
    const link = await findLinkByToken(orgId, hashToken(token), tx);
    if (!link) throw new AppError("not_found", NOT_OURS);
    if (link.outcome === "paid") return "paid";
    const isOver = !isLive(link, now);
    const open = await findOpenAttempt(orgId, tx);
    const isInTheWay = !isOver || open?.linkId === link.id;
    if (open && isInTheWay && (await isAbandoned(open, now, tx))) return { abandoned: open };
    if (isOver) throw await deadLink(link, tx);
    if (open?.via === "charge")
      throw new AppError("conflict", "Your card is being charged just now. Please look again in a moment.");
    const topUp = await findTopUp(orgId, tx);
    const asked = await findOrderOf(link, orgId, tx);
    if (!topUp?.enabled || !asked) throw await deadLink(link, tx);
    if (open) {
      const order = await findOrder({ orgId, orderId: open.orderId }, tx);
      if (!order) throw new Error("an attempt without its order");
      return { attempt: open, order };
    }
    const { reservedPence } = await monthTotals(orgId, monthOf(now), tx);
    const { monthlyLimitPence, consentId } = topUp;
    const { pricePence } = asked;
    if (isBeyondLimit({ monthlyLimitPence, monthPence: reservedPence }, pricePence)) {
      const beyond = beyondLimitWords(pricePence, monthlyLimitPence ?? 0, reservedPence);
      throw new AppError("conflict", `${beyond} Raise the limit, or buy a pack yourself.`);
    }
    const attempt = {
      orgId,
      consentId,
      id: ctx.newId(),
      orderId: ctx.newId(),
      via: "link",
      linkId: link.id,
      claimedAt: now,
      month: monthOf(now),
      pricePence,
    } as const;
    await claimAttempt(tx, attempt);
    await insertTopUpOrder(tx, { ...asked, id: attempt.orderId, userId, createdAt: now });
    const order = await findOrder({ orgId, orderId: attempt.orderId }, tx);
    const claimed = await findOpenAttempt(orgId, tx);
    if (!order || !claimed) throw new Error("an attempt was not claimed under the account's lock");
    return { attempt: claimed, order };
  });
}

const isLive = ({ endedAt, expiresAt }: TopUpLink, now: Date): boolean => endedAt === null && expiresAt > now;

/** What the payment that needs authentication was for. */
async function findOrderOf(
  { attemptId }: TopUpLink,
  orgId: string,
  tx: Parameters<typeof findOrder>[1],
): Promise<Order | undefined> {
  const attempt = await findAttempt(orgId, attemptId, tx);
  return attempt && findOrder({ orgId, orderId: attempt.orderId }, tx);
}

async function findOpenUrl(ctx: Ctx, order: Order, sessionId: string): Promise<string | undefined> {
  const session = await readSession(sessionId);
  if (session?.status === "open") return session.url;
  await applySession(ctx, sessionId, { order });
  if (session?.status === "complete" && (await findOpenAttempt(order.orgId))?.orderId === order.id)
    throw new AppError("conflict", ON_ITS_WAY);
  return undefined;
}

/** The new session's address; undefined where another round is needed. */
async function startSession(
  ctx: Ctx,
  attempt: Attempt,
  order: Order,
  userId: string,
): Promise<string | undefined> {
  const { orgId, id: orderId } = order;
  const buyer = await findBuyer(orgId, order.userId ?? userId);
  if (!buyer || ctx.now().getTime() - order.createdAt.getTime() > SESSION_RETRY_MS) {
    await closeTopUpPage(ctx, { orgId, attemptId: attempt.id });
    return undefined;
  }
  const customerId = await customerOf(ctx, orgId, buyer.orgName);
  const session = await createSession({
    ...order,
    orderId,
    customerId,
    receiptEmail: buyer.email,
    card: "auto-top-up",
  });
  if (session.kind === "other-price") {
    await closeTopUpPage(ctx, { orgId, attemptId: attempt.id });
    throw new AppError("unavailable", "This credit pack is being configured. Check back soon.");
  }
  if (await keepSession(orgId, orderId, session.sessionId)) return session.url;
  await expireSession(session.sessionId);
  return undefined;
}
