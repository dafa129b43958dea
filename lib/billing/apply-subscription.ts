import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { holdAccount, type Standing } from "@/lib/credits/hold-account";
import { inUndoableTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { AppError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { auditSubscription } from "./audit-subscription";
import {
  decideSubscription,
  isLiving,
  isStrange,
  type Meaning,
  meaningOf,
  type Oddity,
  type SoldPlan,
} from "./core/decide-subscription";
import { followSubscription, goesOn } from "./follow-subscription";
import { pauseForDispute } from "./follow-top-up";
import { mailDispute, mailFailedPayment } from "./mail-trouble";
import { findOrgOfCustomer, hasAccount } from "./store/customers";
import { isKnownEvent, keepEvent } from "./store/events";
import { isDisputed, saveInvoice } from "./store/invoices";
import { allPlans, type Plan } from "./store/plans";
import { completeSubscriptionOrder } from "./store/subscription-orders";
import {
  claimSubscription,
  findSubscription,
  type MirroredSubscription,
  passOver,
  subscriptionsOf,
} from "./store/subscriptions";
import type { StripeEvent, Told } from "./stripe/events";
import { readPayment } from "./stripe/read-payment";
import { hasPrice } from "./stripe/read-price";
import { type ReadSubscription, readSubscription } from "./stripe/read-subscription";

/** What a reading means; `not-ours` where it is no organisation's of this database. */
export type SubscriptionOutcome = Meaning | "duplicate" | "not-ours";

export type SubscriptionCause = {
  /** The delivery that told us; stored together with its effects. */
  readonly event?: StripeEvent;
  /** What the delivery said of the subscription at its own time. */
  readonly told?: Told;
  /** The invoice that it is about, and the payment of that, where they are known. */
  readonly invoiceId?: string;
  readonly paymentIntentId?: string;
};

/** A lost race means that another process applied a reading meanwhile; so many in a row are a fault. */
const MAX_READINGS = 30;

/**
 * Reads a subscription from Stripe, with its invoices, and brings the organisation's state and allowance to where that
 * says: the one way in which Stripe changes them, whoever asks first. No transaction waits for Stripe; a reading that
 * was overtaken is thrown away and made again.
 */
export async function applySubscription(
  ctx: Ctx,
  subscriptionId: string,
  cause: SubscriptionCause = {},
): Promise<SubscriptionOutcome> {
  requireSystem(ctx.actor);
  const since = ctx.now();
  for (let attempt = 0; attempt < MAX_READINGS; attempt++) {
    if (cause.event && (await isKnownEvent(cause.event.id))) return "duplicate";
    const known = await findSubscription(subscriptionId);
    const plans = (await allPlans()).map(toSold);
    const products = plans.map(({ productId }) => productId);
    const askedAt = ctx.now();
    const read =
      (await readSubscription(subscriptionId, products, cause.invoiceId)) ?? (known && (await goneOf(known)));
    const owner = read && (await ownerOf(read, known?.orgId));
    const outcome =
      read && owner
        ? await applyReading(ctx, { read, owner, plans, known, askedAt, since }, cause)
        : await setAside(ctx, subscriptionId, read, cause);
    if (typeof outcome === "object") await applySubscription(ctx, outcome.unread);
    else if (outcome !== "overtaken") {
      metrics().subscriptions.inc({ outcome });
      return outcome;
    }
  }
  throw new AppError("unavailable", "This subscription is being worked on. Please try again in a moment.");
}

/**
 * A subscription that Stripe no longer knows, by its last reading. Undefined where Stripe does not know its price
 * either: then we are asking the wrong account, and the subscription is not gone.
 */
async function goneOf({ facts }: MirroredSubscription): Promise<ReadSubscription | undefined> {
  if (!(await hasPrice(facts.priceId))) return undefined;
  return {
    facts,
    isMissing: true,
    origin: undefined,
    invoices: [],
    nextInvoice: null,
    bayChanges: [],
  };
}

const toSold = (plan: Plan): SoldPlan => ({
  productId: plan.productId,
  priceIds: [plan.monthlyPriceId, plan.yearlyPriceId],
  creditsPerBay: plan.creditsPerBay,
  current: plan.current,
});

type Owner = { readonly orgId: string; readonly isContradicted: boolean };

/**
 * The organisation of a subscription: the one that it was first applied to, else its customer's, else the one in its
 * metadata. Undefined where none of these is an organisation of this database.
 */
async function ownerOf(
  { facts, origin }: ReadSubscription,
  known: string | undefined,
): Promise<Owner | undefined> {
  const ofCustomer = await findOrgOfCustomer(facts.customerId);
  const orgId = known ?? ofCustomer ?? origin?.orgId;
  if (orgId === undefined || !(await hasAccount(orgId))) return undefined;
  const named = [ofCustomer, origin?.orgId].filter((one) => one !== undefined);
  return { orgId, isContradicted: named.some((one) => one !== orgId) };
}

type Reading = {
  readonly read: ReadSubscription;
  readonly owner: Owner;
  readonly plans: readonly SoldPlan[];
  /** What was known before Stripe was read. */
  readonly known: MirroredSubscription | undefined;
  /** When Stripe was asked for it. What it says may be as old as that, however long the answer took. */
  readonly askedAt: Date;
  /** When Stripe was asked first: what was read since is fresh. */
  readonly since: Date;
};

/** Nothing was applied: another one would take this one's place, and has to be read first. */
type Unread = { readonly unread: string };
type Applied = SubscriptionOutcome | "overtaken" | Unread;

/** What begins to count is read as late as what it follows: both may have ended at once. */
const isUnread = (
  counted: MirroredSubscription,
  account: Standing,
  { read, since }: Pick<Reading, "read" | "since">,
): boolean =>
  counted.facts.subscriptionId !== read.facts.subscriptionId &&
  !goesOn(account, counted.facts) &&
  counted.readAt < since;

async function applyReading(
  ctx: Ctx,
  { read, owner, plans, known, askedAt, since }: Reading,
  { event, told, invoiceId, paymentIntentId }: SubscriptionCause,
): Promise<Applied> {
  const { orgId } = owner;
  const { facts, nextInvoice, invoices, origin } = read;
  const { subscriptionId } = facts;
  const at = ctx.now();
  const hasCounted = known?.hasCounted ?? false;
  const meaning = meaningOf(facts, plans, { hasCounted, oddity: oddityOf(read, owner) });
  const payment = paymentIntentId === undefined ? undefined : await readPayment(paymentIntentId);
  const outcome = await inUndoableTransaction<Applied>(async (tx, undo) => {
    if (event && !(await keepEvent(event, { orgId, at }, tx))) return "duplicate";
    const account = await holdAccount(ctx, orgId, tx);
    const before = await subscriptionsOf(orgId, tx);
    const seen = known?.version ?? 0;
    if (!(await claimSubscription(tx, { orgId, facts, meaning, nextInvoice, seen, at: askedAt })))
      return undo("overtaken");
    const wasDisputed = invoiceId !== undefined && (await isDisputed(tx, orgId, invoiceId));
    for (const invoice of invoices) {
      const disputeOpen = invoice.invoiceId === invoiceId ? payment?.facts.disputeOpen : undefined;
      await saveInvoice(tx, orgId, invoice, { at, disputeOpen });
    }
    const order =
      origin?.orderId && meaning !== "not-yet"
        ? await completeSubscriptionOrder(tx, orgId, origin.orderId, subscriptionId)
        : undefined;
    await auditSubscription(ctx, tx, { orgId, order, before: known, after: { facts, meaning } });
    const all = await subscriptionsOf(orgId, tx);
    const decision = decideSubscription(all, account, before);
    if (decision.kind === "counts" && isUnread(decision.counted, account, { read, since }))
      return undo({ unread: decision.counted.facts.subscriptionId });
    await followSubscription(ctx, tx, { orgId, account, decision, plans, read, told });
    if (decision.kind === "counts" && decision.state === "past_due")
      await mailFailedPayment(ctx, tx, orgId, decision.counted.facts);
    if (paymentIntentId && payment?.facts.disputeOpen) {
      await mailDispute(ctx, tx, {
        orgId,
        paymentIntentId,
        about: "subscription",
        name: "your subscription",
        amountPence: payment.facts.receivedPence,
      });
      if (!wasDisputed) await pauseForDispute(ctx, tx, orgId, paymentIntentId);
    }
    if (isLiving(meaning)) await enqueue(tx, "sync-customer", { customerId: facts.customerId });
    return meaning;
  });
  if (outcome !== "overtaken" && outcome !== "duplicate" && typeof outcome !== "object") {
    accountChanged(orgId);
    if (meaning !== known?.meaning) await logStrange(ctx, orgId, facts.subscriptionId, meaning);
  }
  return outcome;
}

function oddityOf({ isMissing }: ReadSubscription, { isContradicted }: Owner): Oddity | undefined {
  if (isMissing) return "missing";
  return isContradicted ? "other-organisation" : undefined;
}

/** Logged when it becomes so, not at every reading: from then on it is on support's list. */
async function logStrange(ctx: Ctx, orgId: string, subscriptionId: string, meaning: Meaning): Promise<void> {
  if (isStrange(meaning))
    ctx.log.error(
      { orgId, subscriptionId, meaning },
      "a subscription at Stripe is none of ours: it gives nothing",
    );
  const living = (await subscriptionsOf(orgId)).filter((one) => isLiving(one.meaning));
  if (living.length > 1)
    ctx.log.error(
      { orgId, subscriptionIds: living.map(({ facts }) => facts.subscriptionId) },
      "an organisation has several subscriptions: one counts",
    );
}

/** Of no organisation of ours: for something else, of somebody else, or made by another database of ours. */
async function setAside(
  ctx: Ctx,
  subscriptionId: string,
  read: ReadSubscription | undefined,
  { event }: SubscriptionCause,
): Promise<SubscriptionOutcome> {
  if (!read) {
    await passOver(subscriptionId, ctx.now());
    const what = { eventId: event?.id, subscriptionId };
    ctx.log.warn(what, "Stripe knows no subscription of this id: is it another account's?");
  }
  if (read?.origin)
    ctx.log.error(
      { ...read.origin, subscriptionId },
      "a subscription names an organisation that is not in this database",
    );
  if (event) await keepEvent(event, { orgId: undefined, at: ctx.now() });
  return "not-ours";
}
