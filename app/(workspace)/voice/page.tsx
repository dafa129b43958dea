import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { CallsPage } from "@/components/voice/calls-page";
import { colleaguesWith } from "@/lib/auth/colleagues";
import { workspaceContext } from "@/lib/auth/workspace";
import { listCallBacks } from "@/lib/calls/call-backs";
import { readCallsAsked } from "@/lib/calls/calls-asked";
import {
  answeringQuery,
  callBacksQuery,
  callQuery,
  callsKey,
  liveCallsQuery,
  PAGE_SIZE,
  summaryQuery,
  voiceMembersQuery,
} from "@/lib/calls/client";
import { getAnswering } from "@/lib/calls/get-answering";
import { getSummary } from "@/lib/calls/get-summary";
import { getCall, listCalls, listLiveCalls } from "@/lib/calls/list-calls";
import { garagePage } from "../garage-page";

export const metadata: Metadata = { title: "Voice Dashboard" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type VoicePageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** /voice, with `?filter=` and `?search=` of the call log and `?call=`, the one that is open. */
export default garagePage(async function VoicePage({ searchParams }: VoicePageProps) {
  const { ctx, orgId, userName, permissions } = await workspaceContext();
  if (!permissions.includes("voice.calls.view")) return <NotAllowed what="calls" />;
  const given = await searchParams;
  const params = { get: (name: string) => [given[name]].flat()[0] ?? null };
  const { filter, search } = readCallsAsked(params);
  const asked = { filter, search };
  const openId = params.get("call") ?? "";
  // What cannot be read here is read again by the browser, which then says so in its place.
  const queries = new QueryClient();
  await Promise.all([
    queries.prefetchInfiniteQuery({
      queryKey: callsKey(asked),
      queryFn: () => listCalls(ctx, orgId, { ...asked, limit: PAGE_SIZE }),
      initialPageParam: "",
    }),
    queries.prefetchQuery({ ...answeringQuery(), queryFn: () => getAnswering(ctx, orgId) }),
    queries.prefetchQuery({ ...summaryQuery(), queryFn: () => getSummary(ctx, orgId) }),
    queries.prefetchQuery({
      ...liveCallsQuery(),
      queryFn: async () => ({ calls: await listLiveCalls(ctx, orgId) }),
    }),
    queries.prefetchQuery({ ...callBacksQuery(), queryFn: () => listCallBacks(ctx, orgId) }),
    queries.prefetchQuery({
      ...voiceMembersQuery(),
      queryFn: async () => ({ members: await colleaguesWith(ctx, orgId, "voice.calls.view") }),
    }),
    UUID.test(openId) &&
      queries.prefetchQuery({ ...callQuery(openId), queryFn: () => getCall(ctx, orgId, openId) }),
  ]);
  const viewer = {
    userId: ctx.actor.userId,
    userName,
    canText: permissions.includes("messages.send"),
  };
  return (
    <Page className="max-w-6xl">
      <PageHeader
        title="Voice Dashboard"
        description="Who rang, how they were answered, and whom to ring back."
      />
      <HydrationBoundary state={dehydrate(queries)}>
        <CallsPage viewer={viewer} />
      </HydrationBoundary>
    </Page>
  );
});
