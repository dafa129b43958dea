import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DiagnosticsPage } from "@/components/diagnostics/diagnostics-page";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { workspaceContext } from "@/lib/auth/workspace";
import { historyQuery } from "@/lib/diagnostics/client";
import { listHistory } from "@/lib/diagnostics/list-history";
import { garagePage } from "../garage-page";

export const metadata: Metadata = { title: "Diagnostics" };

export default garagePage(async function Diagnostics() {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("diagnostics.use")) return <NotAllowed what="diagnostics" />;
  const queries = new QueryClient();
  await queries.prefetchQuery({
    ...historyQuery(),
    queryFn: async () => ({ queries: await listHistory(ctx, orgId) }),
  });
  return (
    <Page>
      <PageHeader
        title="Diagnostics"
        description="Ask about a fault; the assistant remembers your last questions."
      />
      <HydrationBoundary state={dehydrate(queries)}>
        <DiagnosticsPage />
      </HydrationBoundary>
    </Page>
  );
});
