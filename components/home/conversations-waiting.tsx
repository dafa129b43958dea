"use client";

import { useQuery } from "@tanstack/react-query";
import MessageSquare from "lucide-react/icons/message-square";
import type { Route } from "next";
import { countText } from "@/components/alerts/count-text";
import { Block } from "@/components/billing/block";
import { attentionText, CHANNEL_NAME, customerName } from "@/components/messages/words";
import { PageLink } from "@/components/ui/page-link";
import { Skeleton } from "@/components/ui/skeleton";
import { shortTime } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { type ConversationDto, countsQuery, LATEST_WAITING, latestWaitingQuery } from "@/lib/inbox/client";
import { CardLink } from "./card-link";
import { Figure } from "./figure";

/** How many conversations want a person, how many are the member's own, and the latest of those that wait. */
export function ConversationsWaiting() {
  return (
    <Block
      frame={{ id: "conversations", title: "Conversations", icon: <MessageSquare aria-hidden /> }}
      query={countsQuery()}
      errorTitle="Conversations could not be loaded"
      skeleton={<ConversationsSkeleton />}
    >
      {({ attention, mine }) => (
        <>
          <dl className="grid grid-cols-2 gap-3">
            <Figure label="Waiting for a person">{countText(attention)}</Figure>
            <Figure label="Yours">{countText(mine)}</Figure>
          </dl>
          {attention === 0 ? (
            <p className="mt-3 text-muted text-sm">Nobody waits for a reply from your team.</p>
          ) : (
            <Latest />
          )}
          <CardLink href={attention > 0 ? "/messages?filter=attention" : "/messages"}>
            {attention > LATEST_WAITING ? "See all who wait" : "Messaging Inbox"}
          </CardLink>
        </>
      )}
    </Block>
  );
}

/** Where they cannot be read, the figures still say that somebody waits. */
function Latest() {
  const { data, isPending } = useQuery(latestWaitingQuery());
  if (isPending) return <Skeleton className="mt-4 h-24" />;
  return (
    <ul className="mt-4 border-t pt-1.5">
      {data?.conversations.map((conversation) => (
        <Waiting key={conversation.id} conversation={conversation} />
      ))}
    </ul>
  );
}

function Waiting({ conversation }: { readonly conversation: ConversationDto }) {
  const now = useNow();
  const { id, channel, customer, attentionReason, lastMessageAt } = conversation;
  return (
    <li>
      <PageLink
        href={`/messages/${id}` as Route}
        className="-mx-2 block rounded-md px-2 py-1.5 transition-colors duration-150 hover:bg-sunken"
      >
        <span className="flex items-baseline justify-between gap-3">
          <bdi className="truncate font-medium">{customerName(customer)}</bdi>
          <span className="shrink-0 text-faint text-xs" suppressHydrationWarning>
            {shortTime(new Date(lastMessageAt), now)}
          </span>
        </span>
        <span className="block truncate text-muted text-sm">
          {`${CHANNEL_NAME[channel]}: ${attentionText(attentionReason)}`}
        </span>
      </PageLink>
    </li>
  );
}

const ConversationsSkeleton = () => (
  <div role="status">
    <span className="sr-only">Loading conversations</span>
    <Skeleton className="h-32" />
  </div>
);
