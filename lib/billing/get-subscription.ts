import { type Ctx, requireMember } from "@/lib/auth/context";
import { ROLE_PERMISSIONS } from "@/lib/auth/permissions";
import { type SubscriptionState, type Terms, termsOf } from "@/lib/credits/core/subscription";
import { shownSpendPence } from "@/lib/credits/core/trial-cap";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { formatPence } from "@/lib/shared/format";
import { wholeBalance } from "@/lib/shared/money";
import { readUnpaid, type Unpaid } from "./amount-due";
import { bestLiving, lastEnded } from "./core/decide-subscription";
import { type BillingInterval, vatOf } from "./core/plan-price";
import { type Customer, findCustomer } from "./store/customers";
import { type MirroredSubscription, subscriptionsOf } from "./store/subscriptions";
import { supportUrl } from "./support-url";

/** What Stripe last said of the subscription; all null where there is none at Stripe. */
type AtStripe = {
  readonly bays: number | null;
  readonly interval: BillingInterval | null;
  /** All bays for one billing interval, without VAT. */
  readonly pricePence: number | null;
  readonly vatPence: number | null;
  readonly nextInvoice: {
    /** ISO 8601. */
    readonly date: string;
    /** VAT included. */
    readonly amountPence: number;
  } | null;
  /** When it ends, or ended; ISO 8601. Null: it goes on. */
  readonly endsAt: string | null;
};

/** Where "Manage Subscription" leads: Choose Your Plan, Stripe's portal, or Torqueflow support. */
export type ManageBy = "choose" | "portal" | "support";

export type SubscriptionDto = AtStripe &
  Unpaid & {
    readonly plan: string;
    readonly state: SubscriptionState;
    readonly stateText: string;
    /** How much of the credit dashboard this state shows. */
    readonly dashboard: Terms["dashboard"];
    /** Choose Your Plan is on the page. */
    readonly showsPlans: boolean;
    /** When the next allowance comes; null where none does. */
    readonly renewsAt: string | null;
    /** Whole credits each month. */
    readonly allowance: number;
    readonly trialCap: {
      readonly capPence: number;
      readonly spentPence: number;
      readonly text: string;
    } | null;
    readonly supportUrl: string;
    readonly canViewCredits: boolean;
    readonly canPurchase: boolean;
    readonly purchaserHint: string;
    /** Credits cannot be bought just now, and only support can change that. */
    readonly buysThroughSupport: boolean;
    /** The default card at Stripe. */
    readonly card: { readonly brand: string; readonly last4: string } | null;
    /** Null: without `billing.manage`, or a demo. */
    readonly manage: ManageBy | null;
  };

const PLAN: Readonly<Record<SubscriptionState, string>> = {
  trial: "Free trial",
  active: "Torqueflow",
  grandfathered: "Torqueflow (legacy plan)",
  past_due: "Torqueflow",
  canceled: "Torqueflow",
  demo: "Demo",
};

const STATE_TEXT: Readonly<Record<SubscriptionState, string>> = {
  trial: "Trial",
  active: "Active",
  grandfathered: "Active",
  past_due: "Payment overdue",
  canceled: "Cancelled",
  demo: "Demo",
};

const PAID: Unpaid = { due: null, paused: false };

const MICRO_GBP_PER_PENNY = 10_000n;

/** The subscription card. Needs `billing.view`. */
export async function getSubscription(ctx: Ctx, orgId: string): Promise<SubscriptionDto> {
  const { role } = requireMember(ctx.actor, orgId, "billing.view");
  const [account, known, customer] = await Promise.all([
    getAccountSummary(ctx, orgId),
    subscriptionsOf(orgId),
    findCustomer(orgId),
  ]);
  const living = bestLiving(known);
  const unpaid = account.state === "past_due" ? await readUnpaid(orgId, known, ctx.now()) : PAID;
  const permissions = ROLE_PERMISSIONS[role];
  const { dashboard, gate, plan } = termsOf(account.state);
  const capPence = Number(account.trialCapMicroGbp / MICRO_GBP_PER_PENNY);
  const spentPence = shownSpendPence(account);
  return {
    plan: PLAN[account.state],
    state: account.state,
    stateText: unpaid.paused ? "Paused" : STATE_TEXT[account.state],
    dashboard,
    showsPlans: plan === "to-choose",
    renewsAt: account.renewsAt?.toISOString() ?? null,
    allowance: wholeBalance(account.allowance),
    trialCap:
      gate === "cap" && capPence > 0
        ? {
            capPence,
            spentPence,
            text: `${formatPence(spentPence)} of ${formatPence(capPence)}`,
          }
        : null,
    supportUrl: supportUrl(),
    canViewCredits: permissions.includes("billing.credits.view"),
    canPurchase: permissions.includes("billing.credits.purchase"),
    purchaserHint: "Only the account owner can buy credits.",
    buysThroughSupport: account.frozen,
    ...atStripe(living ?? lastEnded(known)),
    ...unpaid,
    card: customer?.planCard ?? null,
    manage: permissions.includes("billing.manage") ? manageBy(account.state, living, customer) : null,
  };
}

function atStripe(subscription: MirroredSubscription | undefined): AtStripe {
  if (!subscription)
    return { bays: null, interval: null, pricePence: null, vatPence: null, nextInvoice: null, endsAt: null };
  const { facts, nextInvoice } = subscription;
  const pricePence = facts.bays * facts.unitPence;
  return {
    bays: facts.bays,
    interval: facts.interval,
    pricePence,
    vatPence: vatOf(pricePence, facts.taxPercent),
    nextInvoice: nextInvoice && {
      date: nextInvoice.at.toISOString(),
      amountPence: nextInvoice.amountPence,
    },
    endsAt: (facts.endedAt ?? facts.endsAt)?.toISOString() ?? null,
  };
}

function manageBy(
  state: SubscriptionState,
  living: MirroredSubscription | undefined,
  customer: Customer | undefined,
): ManageBy | null {
  const { plan } = termsOf(state);
  if (plan === "none") return null;
  if (plan === "to-choose" && !living) return "choose";
  return customer ? "portal" : "support";
}
