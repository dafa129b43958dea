import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { NotAllowed } from "@/components/layout/not-allowed";
import { Inbox } from "@/components/messages/inbox";
import { COLUMN_COOKIE } from "@/components/messages/viewer";
import { workspaceContext } from "@/lib/auth/workspace";
import { countsQuery, listPages, threadQuery } from "@/lib/inbox/client";
import { countConversations } from "@/lib/inbox/count-conversations";
import { getConversation } from "@/lib/inbox/get-conversation";
import { listOfAddress } from "@/lib/inbox/list-address";
import { listConversations } from "@/lib/inbox/list-conversations";
import { garagePage } from "../../garage-page";

export const metadata: Metadata = { title: "Messaging Inbox" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type MessagesPageProps = {
  readonly params: Promise<{ id?: string[] }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** /messages and /messages/<conversation>: one page, so that the list stays while conversations are opened. */
export default garagePage(async function MessagesPage({ params, searchParams }: MessagesPageProps) {
  const { ctx, orgId, userName, permissions } = await workspaceContext();
  if (!permissions.includes("messages.view")) return <NotAllowed what="messages" />;
  const asked = listOfAddress(await searchParams);
  const id = (await params).id?.join("/") ?? "";
  // What cannot be read here is read again by the browser, which then says so in its place.
  const queries = new QueryClient();
  await Promise.all([
    queries.prefetchInfiniteQuery({
      ...listPages(asked),
      queryFn: () => listConversations(ctx, orgId, asked),
    }),
    queries.prefetchQuery({ ...countsQuery(), queryFn: () => countConversations(ctx, orgId) }),
    UUID.test(id) &&
      queries.prefetchQuery({ ...threadQuery(id), queryFn: () => getConversation(ctx, orgId, id) }),
  ]);
  const viewer = {
    userId: ctx.actor.userId,
    userName,
    canSend: permissions.includes("messages.send"),
    canManage: permissions.includes("messages.manage"),
    canSeeCalls: permissions.includes("voice.calls.view"),
    columnShown: (await cookies()).get(COLUMN_COOKIE)?.value !== "hidden",
  };
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <Inbox viewer={viewer} />
    </HydrationBoundary>
  );
});
