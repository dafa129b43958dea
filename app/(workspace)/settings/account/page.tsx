import type { Metadata } from "next";
import { headers } from "next/headers";
import { Suspense } from "react";
import { AccountCards } from "@/components/account/account-cards";
import { SessionsCard } from "@/components/account/sessions-card";
import { AccountSkeleton, SessionsSkeleton } from "@/components/account/skeletons";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { LeaveCard } from "@/components/team/leave-card";
import { getAccount } from "@/lib/auth/account/get-account";
import { listSessions } from "@/lib/auth/account/list-sessions";
import { accountQuery, sessionsQuery } from "@/lib/auth/client";
import { fellowOwners } from "@/lib/auth/owners";
import { workspaceContext } from "@/lib/auth/workspace";
import { garagePage } from "../../garage-page";
import { Prefetch } from "../billing/prefetch";

export const metadata: Metadata = { title: "My account" };

/** What everybody sets up for themselves. */
export default garagePage(async function AccountPage() {
  const { ctx, orgId, orgName, role } = await workspaceContext();
  const given = await headers();
  const owners = role === "owner" ? (await fellowOwners(ctx, orgId)).length : 0;
  return (
    <Page>
      <PageHeader
        title="My account"
        description="Your name, how you sign in, and where you are signed in. It is the same in every garage you belong to."
      />
      <div className="grid gap-4">
        <Suspense fallback={<AccountSkeleton />}>
          <Prefetch queryKey={accountQuery().queryKey} read={() => getAccount(ctx)} log={ctx.log}>
            <AccountCards />
          </Prefetch>
        </Suspense>
        <Suspense fallback={<SessionsSkeleton />}>
          <Prefetch queryKey={sessionsQuery().queryKey} read={() => listSessions(ctx, given)} log={ctx.log}>
            <SessionsCard />
          </Prefetch>
        </Suspense>
        <LeaveCard orgName={orgName} role={role} owners={owners} />
      </div>
    </Page>
  );
});
