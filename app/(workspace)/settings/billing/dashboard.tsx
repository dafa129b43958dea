import { type ReactNode, Suspense } from "react";
import { BalanceCard, BalanceSkeleton } from "@/components/billing/balance-card";
import { CheckoutReturn } from "@/components/billing/checkout-return";
import { PlanChooser } from "@/components/billing/choose-plan";
import { ChooserSkeleton } from "@/components/billing/chooser-frame";
import { DashboardPart } from "@/components/billing/dashboard-part";
import { InvoicesCard, InvoicesSkeleton } from "@/components/billing/invoices-card";
import { Notices } from "@/components/billing/notices";
import { PacksCard, PacksSkeleton } from "@/components/billing/packs-card";
import { PlanReturn } from "@/components/billing/plan-return";
import { PurchasesCard, PurchasesSkeleton } from "@/components/billing/purchases-card";
import { SubscriptionCard } from "@/components/billing/subscription-card";
import { TopUpCard, TopUpSkeleton } from "@/components/billing/top-up-card";
import { TrendCard, TrendSkeleton } from "@/components/billing/trend-card";
import { UsageCard, UsageSkeleton } from "@/components/billing/usage-card";
import { ShownSubscription } from "@/components/billing/use-subscription";
import { workspaceContext } from "@/lib/auth/workspace";
import {
  invoicesQuery,
  packsQuery,
  planQuery,
  purchasesQuery,
  subscriptionQuery,
  topUpQuery,
} from "@/lib/billing/client";
import { getPlan } from "@/lib/billing/get-plan";
import { getSubscription } from "@/lib/billing/get-subscription";
import { getTopUp } from "@/lib/billing/get-top-up";
import { listInvoices } from "@/lib/billing/list-invoices";
import { listPacks } from "@/lib/billing/list-packs";
import { listPurchases } from "@/lib/billing/list-purchases";
import { balanceQuery, noticesQuery, trendQuery, usageQuery } from "@/lib/credits/client";
import { getBalance } from "@/lib/credits/get-balance";
import { getNotices } from "@/lib/credits/get-notices";
import { getTrend } from "@/lib/credits/get-trend";
import { getUsage } from "@/lib/credits/get-usage";
import { isAppError } from "@/lib/shared/errors";
import {
  confirmPlan,
  confirmReturn,
  openSubscriptionPortal,
  readSubscriptionAgain,
  startCheckout,
  startSubscription,
} from "./actions";
import { Known, Prefetch } from "./prefetch";

/** The blocks that this organisation's state and this viewer's role have, each loading and failing by itself. */
export async function Dashboard() {
  const { ctx, orgId, permissions } = await workspaceContext();
  const viewsCredits = permissions.includes("billing.credits.view");
  const subscription = await getSubscription(ctx, orgId).catch((error: unknown) => {
    ctx.log.error({ err: error }, "the subscription could not be prefetched");
    return null;
  });
  const state = subscription?.state ?? null;
  // Where this cannot be read, the chooser says so.
  const plan = state === "canceled" ? await getPlan(ctx, orgId).catch(() => null) : null;
  // Where credits cannot be bought any more, auto top-up rests; while it is on, it can be switched off.
  const isResting = viewsCredits && (state === "past_due" || state === "canceled");
  const resting = isResting
    ? await getTopUp(ctx, orgId).catch((error: unknown) => {
        if (!isAppError(error)) ctx.log.error({ err: error }, "auto top-up could not be prefetched");
        return null;
      })
    : null;
  // The action is bound to the garage that this page shows, so that nobody pays for another one.
  const buy = startCheckout.bind(null, orgId);
  // Where the state is unknown, each block asks, and hides itself when it is refused.
  const part = subscription?.dashboard ?? "whole";
  const block = (
    queryKey: readonly unknown[],
    read: () => Promise<unknown>,
    fallback: ReactNode,
    card: ReactNode,
  ) => (
    <Suspense fallback={fallback}>
      <Prefetch queryKey={queryKey} read={read} log={ctx.log}>
        {card}
      </Prefetch>
    </Suspense>
  );
  return (
    <Known queryKey={subscriptionQuery().queryKey} data={subscription}>
      <ShownSubscription value={subscription}>
        {viewsCredits && block(noticesQuery().queryKey, () => getNotices(ctx, orgId), null, <Notices />)}
        <PlanReturn
          confirm={confirmPlan.bind(null, orgId)}
          refresh={readSubscriptionAgain.bind(null, orgId, undefined)}
        />
        <SubscriptionCard
          shown={state}
          sold={plan !== null}
          portal={openSubscriptionPortal.bind(null, orgId, undefined)}
        />
        {subscription?.showsPlans &&
          block(
            planQuery().queryKey,
            async () => ({ plan: await getPlan(ctx, orgId) }),
            <ChooserSkeleton />,
            <PlanChooser choose={startSubscription.bind(null, orgId)} />,
          )}
        {viewsCredits && part !== "none" && (
          <DashboardPart part={part}>
            {block(
              balanceQuery().queryKey,
              () => getBalance(ctx, orgId),
              <BalanceSkeleton />,
              <BalanceCard renewsAt={subscription?.renewsAt ?? null} />,
            )}
            {part === "whole" && (
              <>
                {block(usageQuery().queryKey, () => getUsage(ctx, orgId), <UsageSkeleton />, <UsageCard />)}
                {block(trendQuery().queryKey, () => getTrend(ctx, orgId), <TrendSkeleton />, <TrendCard />)}
                {block(
                  purchasesQuery().queryKey,
                  async () => ({ purchases: await listPurchases(ctx, orgId) }),
                  <PurchasesSkeleton />,
                  <PurchasesCard />,
                )}
              </>
            )}
            {state === "trial" ? (
              <PacksCard buy={buy} />
            ) : (
              block(
                packsQuery().queryKey,
                () => listPacks(ctx, orgId),
                <PacksSkeleton />,
                <PacksCard buy={buy} />,
              )
            )}
            {part === "whole" &&
              block(
                topUpQuery().queryKey,
                () => getTopUp(ctx, orgId),
                <TopUpSkeleton />,
                <TopUpCard portal={openSubscriptionPortal.bind(null, orgId, undefined)} />,
              )}
            <CheckoutReturn confirm={confirmReturn.bind(null, orgId)} />
          </DashboardPart>
        )}
        {resting?.enabled && (
          <Known queryKey={topUpQuery().queryKey} data={resting}>
            <TopUpCard portal={openSubscriptionPortal.bind(null, orgId, undefined)} />
          </Known>
        )}
        {state !== null &&
          state !== "trial" &&
          state !== "demo" &&
          block(
            invoicesQuery().queryKey,
            () => listInvoices(ctx, orgId),
            <InvoicesSkeleton />,
            <InvoicesCard />,
          )}
      </ShownSubscription>
    </Known>
  );
}
