import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AuditLog } from "@/components/audit/audit-log";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { auditPages } from "@/lib/audit/client";
import { listActs } from "@/lib/audit/list-acts";
import { workspaceContext } from "@/lib/auth/workspace";
import { garagePage } from "../../garage-page";

export const metadata: Metadata = { title: "Audit log" };

/** What cannot be read here is read again by the browser, which then says so in its place. */
export default garagePage(async function AuditPage() {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("audit.view")) return <NotAllowed what="the audit log" />;
  const queries = new QueryClient();
  await queries.prefetchInfiniteQuery({ ...auditPages({}), queryFn: () => listActs(ctx, orgId) });
  return (
    <Page>
      <PageHeader
        title="Audit log"
        description="Who changed what in your garage, and what Torqueflow support did for you."
      />
      <HydrationBoundary state={dehydrate(queries)}>
        <AuditLog />
      </HydrationBoundary>
    </Page>
  );
});
