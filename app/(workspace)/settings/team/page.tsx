import type { Metadata } from "next";
import { Suspense } from "react";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { InvitationsCard } from "@/components/team/invitations-card";
import { MembersCard } from "@/components/team/members-card";
import { MembersSkeleton } from "@/components/team/skeletons";
import { teamQuery } from "@/lib/auth/client";
import { getTeam } from "@/lib/auth/team/get-team";
import { workspaceContext } from "@/lib/auth/workspace";
import { garagePage } from "../../garage-page";
import { Prefetch } from "../billing/prefetch";

export const metadata: Metadata = { title: "Team" };

export default garagePage(async function TeamPage() {
  const { ctx, orgId, orgName, role, permissions } = await workspaceContext();
  if (!permissions.includes("team.manage")) return <NotAllowed what="the team" />;
  return (
    <Page>
      <PageHeader
        title="Team"
        description="Who works with this garage on Torqueflow, and what each may do."
      />
      <Suspense fallback={<MembersSkeleton />}>
        <Prefetch queryKey={teamQuery().queryKey} read={() => getTeam(ctx, orgId)} log={ctx.log}>
          <div className="grid gap-4">
            <MembersCard role={role} orgName={orgName} />
            <InvitationsCard role={role} />
          </div>
        </Prefetch>
      </Suspense>
    </Page>
  );
});
