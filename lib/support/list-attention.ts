import { type Ctx, requireSupport } from "@/lib/auth/context";
import { MAX_BAYS } from "@/lib/billing/core/decide-subscription";
import { listPaymentConcerns } from "@/lib/billing/list-payment-concerns";
import { listStoppedPurchases } from "@/lib/billing/list-stopped-purchases";
import {
  listSubscriptionConcerns,
  type SubscriptionConcerns,
} from "@/lib/billing/list-subscription-concerns";
import { listAccountConcerns } from "@/lib/credits/list-account-concerns";
import { listMailConcerns } from "@/lib/mail/list-mail-concerns";
import { formatPence } from "@/lib/shared/format";

/** One thing that a person of Torqueflow's must look at. */
export type Concern = {
  readonly what:
    | "drift"
    | "mismatch"
    | "dispute"
    | "subscription"
    | "unusable purchase"
    | "given up"
    | "mail";
  /** Null: no organisation's, such as mail to somebody who belongs to none yet. */
  readonly orgId: string | null;
  readonly since: Date;
  readonly text: string;
};

/** More than so many of one kind have one cause, and listing them all would not help. */
const LIMIT = 200;

const accounts = async (ctx: Ctx): Promise<Concern[]> => {
  const { drifted, givenUp } = await listAccountConcerns(ctx, LIMIT);
  return [
    ...drifted.map(({ orgId, since }) => ({
      what: "drift" as const,
      orgId,
      since,
      text: "its balance departed from the ledger and could not be rebuilt: `reconcile` says where",
    })),
    ...givenUp.map(({ orgId, channel, providerRef, startedAt }) => ({
      what: "given up" as const,
      orgId,
      since: startedAt,
      text: `${channel} ${providerRef}: its cost never came`,
    })),
  ];
};

const payments = async (ctx: Ctx): Promise<Concern[]> =>
  (await listPaymentConcerns(ctx, LIMIT)).map(
    ({ kind, orgId, paymentIntentId, receivedPence, currency, readAt }) => ({
      what: kind,
      orgId,
      since: readAt,
      text:
        kind === "dispute"
          ? `${paymentIntentId}: a dispute is open, its evidence is due at Stripe`
          : `${paymentIntentId}: ${paid(receivedPence, currency)} is not what was ordered; refund it, or give the credits`,
    }),
  );

const purchases = async (ctx: Ctx): Promise<Concern[]> =>
  (await listStoppedPurchases(ctx, LIMIT)).map(
    ({ orgId, packName, pricePence, purchasedAt, boughtWhile, sourceKey }) => ({
      what: "unusable purchase" as const,
      orgId,
      since: purchasedAt,
      text: `${packName} for ${formatPence(pricePence)} was paid while the garage was ${boughtWhile} (${sourceKey}): refund it, or clear the garage`,
    }),
  );

const GIVES_NOTHING = {
  "other-organisation": "its metadata and its customer name two organisations",
  "other-currency": "it is not paid in pounds",
  "other-product": "its price is no plan’s",
  "no-bays": "it has no bays",
  missing: "Stripe does not know it any more",
  "not-yet": "it counted, and its state at Stripe is one that we do not know",
} as const;

const isReason = (meaning: string): meaning is keyof typeof GIVES_NOTHING => meaning in GIVES_NOTHING;

function wordsFor({ subscriptionId, meaning, bays }: SubscriptionConcerns["subscriptions"][number]): string {
  if (isReason(meaning)) return `${subscriptionId} gives nothing: ${GIVES_NOTHING[meaning]}`;
  if (bays > MAX_BAYS) return `${subscriptionId} is billed for ${bays} bays: credits come for ${MAX_BAYS}`;
  return `${subscriptionId} is ${meaning}, one of several: one counts, end and refund the others at Stripe`;
}

const subscriptions = async (ctx: Ctx): Promise<Concern[]> => {
  const concerns = await listSubscriptionConcerns(ctx, LIMIT);
  return [
    ...concerns.subscriptions.map((concern) => ({
      what: "subscription" as const,
      orgId: concern.orgId,
      since: concern.readAt,
      text: wordsFor(concern),
    })),
    ...concerns.disputes.map(({ orgId, invoiceId, readAt }) => ({
      what: "dispute" as const,
      orgId,
      since: readAt,
      text: `${invoiceId}: a dispute of a subscription’s invoice is open, its evidence is due at Stripe`,
    })),
  ];
};

const mails = async (ctx: Ctx): Promise<Concern[]> => {
  const { toOwners, toPersons } = await listMailConcerns(ctx, LIMIT);
  return [
    ...toOwners.map(({ orgId, letter, userId, reason, endedAt }) => ({
      what: "mail" as const,
      orgId,
      since: endedAt,
      text: `"${letter}" could not be sent to the owner ${userId}: ${reason}`,
    })),
    ...toPersons.map(({ id, letter, userId, reason, endedAt }) => ({
      what: "mail" as const,
      orgId: null,
      since: endedAt,
      text: `"${letter}" could not be sent to ${userId ? `the user ${userId}` : `the address in personal_mail ${id}`}: ${reason}`,
    })),
  ];
};

const paid = (pence: number, currency: string): string =>
  currency === "gbp" ? formatPence(pence) : `${(pence / 100).toFixed(2)} ${currency.toUpperCase()}`;

/** Each room's own list; a new one is a line here. */
const SOURCES: readonly ((ctx: Ctx) => Promise<Concern[]>)[] = [
  accounts,
  payments,
  purchases,
  subscriptions,
  mails,
];

/** All that support must look at, oldest first. */
export async function listAttention(ctx: Ctx): Promise<Concern[]> {
  requireSupport(ctx.actor);
  const lists = await Promise.all(SOURCES.map((source) => source(ctx)));
  return lists.flat().sort((a, b) => a.since.getTime() - b.since.getTime());
}
