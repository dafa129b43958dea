import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { CallsPage } from "@/components/voice/calls-page";
import { workspaceContext } from "@/lib/auth/workspace";
import { listCallBacks } from "@/lib/calls/call-backs";
import { answeringQuery, CALL_LIMIT, callBacksQuery, callsQuery } from "@/lib/calls/client";
import { getAnswering } from "@/lib/calls/get-answering";
import { listCalls } from "@/lib/calls/list-calls";

export const metadata: Metadata = { title: "Voice Dashboard" };

export default async function VoicePage() {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("voice.calls.view")) return <NotAllowed what="calls" />;
  // What cannot be read here is read again by the browser, which then says so in its place.
  const queries = new QueryClient();
  await Promise.all([
    queries.prefetchQuery({
      ...callsQuery(),
      queryFn: async () => ({ calls: await listCalls(ctx, orgId, CALL_LIMIT) }),
    }),
    queries.prefetchQuery({ ...answeringQuery(), queryFn: () => getAnswering(ctx, orgId) }),
    queries.prefetchQuery({
      ...callBacksQuery(),
      queryFn: async () => ({ callBacks: await listCallBacks(ctx, orgId) }),
    }),
  ]);
  return (
    <Page>
      <PageHeader
        title="Voice Dashboard"
        description="Who rang, how they were answered, and whom to ring back."
      />
      <HydrationBoundary state={dehydrate(queries)}>
        <CallsPage />
      </HydrationBoundary>
    </Page>
  );
}
