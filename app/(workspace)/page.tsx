import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { FirstRunCard } from "@/components/first-run/first-run-card";
import { CallsToday } from "@/components/home/calls-today";
import { ConversationsWaiting } from "@/components/home/conversations-waiting";
import { CreditNotice } from "@/components/home/credit-notice";
import { CreditsGlance } from "@/components/home/credits-glance";
import { Greeting } from "@/components/home/greeting";
import { HomeSkeleton } from "@/components/home/home-skeleton";
import { SickLines } from "@/components/home/sick-lines";
import { homeFor } from "@/components/layout/navigation";
import { Page } from "@/components/layout/page";
import { workspaceContext } from "@/lib/auth/workspace";
import { supportUrl } from "@/lib/billing/support-url";
import { answeringQuery, summaryQuery } from "@/lib/calls/client";
import { getAnswering } from "@/lib/calls/get-answering";
import { getSummary } from "@/lib/calls/get-summary";
import { balanceQuery, noticesQuery } from "@/lib/credits/client";
import { getBalance } from "@/lib/credits/get-balance";
import { getNotices } from "@/lib/credits/get-notices";
import { firstRunQuery } from "@/lib/first-run/client";
import { getFirstRun } from "@/lib/first-run/get-first-run";
import { countsQuery, LATEST_WAITING, latestWaitingQuery } from "@/lib/inbox/client";
import { countConversations } from "@/lib/inbox/count-conversations";
import { listConversations } from "@/lib/inbox/list-conversations";
import { linesQuery } from "@/lib/lines/client";
import { listLines } from "@/lib/lines/list-lines";
import { isAppError } from "@/lib/shared/errors";
import { garagePage } from "./garage-page";

export const metadata: Metadata = { title: "Home" };

/** Where owners, managers and advisors start; a technician is led to Diagnostics. */
export default garagePage(async function HomePage() {
  const { orgName, userName, permissions } = await workspaceContext();
  const home = homeFor(permissions);
  if (home !== "/") redirect(home);
  return (
    <Page>
      <Greeting userName={userName} orgName={orgName} />
      <Suspense fallback={<HomeSkeleton />}>
        <Today />
      </Suspense>
    </Page>
  );
});

/** What cannot be read here is read again by the browser, which then says so in its place. */
async function Today() {
  const { ctx, orgId, permissions } = await workspaceContext();
  const viewsCredits = permissions.includes("billing.credits.view");
  const setsUp = permissions.includes("settings.manage");
  const queries = new QueryClient();
  const [hasDashboard] = await Promise.all([
    viewsCredits && readBalance(queries),
    viewsCredits && queries.prefetchQuery({ ...noticesQuery(), queryFn: () => getNotices(ctx, orgId) }),
    setsUp && queries.prefetchQuery({ ...linesQuery(), queryFn: () => listLines(ctx, orgId) }),
    setsUp && queries.prefetchQuery({ ...firstRunQuery(), queryFn: () => getFirstRun(ctx, orgId) }),
    queries.prefetchQuery({ ...summaryQuery(), queryFn: () => getSummary(ctx, orgId) }),
    queries.prefetchQuery({ ...answeringQuery(), queryFn: () => getAnswering(ctx, orgId) }),
    queries.prefetchQuery({
      ...latestWaitingQuery(),
      queryFn: () => listConversations(ctx, orgId, { view: "attention", limit: LATEST_WAITING }),
    }),
    queries.prefetchQuery({ ...countsQuery(), queryFn: () => countConversations(ctx, orgId) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <div className="grid gap-4">
        {viewsCredits && <CreditNotice />}
        {setsUp && <SickLines />}
        {setsUp && <FirstRunCard supportUrl={supportUrl()} />}
        <div className="grid gap-4 md:grid-cols-2">
          <CallsToday />
          <ConversationsWaiting />
        </div>
        {hasDashboard && <CreditsGlance />}
      </div>
    </HydrationBoundary>
  );
}

/** False where the subscription has no credit dashboard: then no place is kept for it. */
async function readBalance(queries: QueryClient): Promise<boolean> {
  const { ctx, orgId } = await workspaceContext();
  const query = { ...balanceQuery(), queryFn: () => getBalance(ctx, orgId) };
  return queries.fetchQuery(query).then(
    () => true,
    (error: unknown) => !isAppError(error),
  );
}
