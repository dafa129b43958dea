import type { Metadata } from "next";
import { Suspense } from "react";
import { BalanceSkeleton } from "@/components/billing/balance-card";
import { SubscriptionSkeleton } from "@/components/billing/subscription-card";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { workspaceContext } from "@/lib/auth/workspace";
import { garagePage } from "../../garage-page";
import { Dashboard } from "./dashboard";

export const metadata: Metadata = { title: "Billing" };

export default garagePage(async function BillingPage() {
  const { permissions } = await workspaceContext();
  if (!permissions.includes("billing.view")) return <NotAllowed what="billing" />;
  return (
    <Page>
      <PageHeader title="Billing" description="Your subscription and the AI credits that come with it." />
      <div className="grid gap-4">
        <Suspense
          fallback={
            <>
              <SubscriptionSkeleton />
              <BalanceSkeleton />
            </>
          }
        >
          <Dashboard />
        </Suspense>
      </div>
    </Page>
  );
});
