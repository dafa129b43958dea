import { type Ctx, requireMember } from "@/lib/auth/context";
import { ROLE_PERMISSIONS } from "@/lib/auth/permissions";
import { type SubscriptionState, type Terms, termsOf } from "@/lib/credits/core/subscription";
import { shownSpendPence } from "@/lib/credits/core/trial-cap";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { env } from "@/lib/shared/env";
import { formatPence } from "@/lib/shared/format";
import { wholeBalance } from "@/lib/shared/money";

export type SubscriptionDto = {
  readonly plan: string;
  readonly state: SubscriptionState;
  readonly stateText: string;
  /** How much of the credit dashboard this state shows. */
  readonly dashboard: Terms["dashboard"];
  /** When the next allowance comes; null where none does. */
  readonly renewsAt: string | null;
  /** Whole credits each month. */
  readonly allowance: number;
  readonly trialCap: { readonly capPence: number; readonly spentPence: number; readonly text: string } | null;
  readonly supportUrl: string;
  readonly canViewCredits: boolean;
  readonly canPurchase: boolean;
  readonly purchaserHint: string;
  /** Credits cannot be bought just now, and only support can change that. */
  readonly buysThroughSupport: boolean;
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

const MICRO_GBP_PER_PENNY = 10_000n;

/** The subscription card. Needs `billing.view`. */
export async function getSubscription(ctx: Ctx, orgId: string): Promise<SubscriptionDto> {
  const { role } = requireMember(ctx.actor, orgId, "billing.view");
  const account = await getAccountSummary(ctx, orgId);
  const permissions = ROLE_PERMISSIONS[role];
  const { dashboard, gate } = termsOf(account.state);
  const capPence = Number(account.trialCapMicroGbp / MICRO_GBP_PER_PENNY);
  const spentPence = shownSpendPence(account);
  return {
    plan: PLAN[account.state],
    state: account.state,
    stateText: STATE_TEXT[account.state],
    dashboard,
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
    supportUrl: env().SUPPORT_URL ?? `mailto:${env().SUPPORT_EMAIL}`,
    canViewCredits: permissions.includes("billing.credits.view"),
    canPurchase: permissions.includes("billing.credits.purchase"),
    purchaserHint: "Only the account owner can buy credits.",
    buysThroughSupport: account.frozen,
  };
}
