"use client";

import { useQuery } from "@tanstack/react-query";
import MessageSquare from "lucide-react/icons/message-square";
import type { Route } from "next";
import Link from "next/link";
import { countText } from "@/components/alerts/count-text";
import { Block } from "@/components/billing/block";
import { attentionText, CHANNEL_NAME, customerName } from "@/components/messages/words";
import { Skeleton } from "@/components/ui/skeleton";
import { shortTime } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { type ConversationDto, countsQuery, waitingQuery } from "@/lib/inbox/client";
import { CardLink } from "./card-link";
import { Figure } from "./figure";

const SHOWN = 3;

/** How many conversations want a person, how many are the member's own, and the latest of those that wait. */
export function ConversationsWaiting() {
  return (
    <Block
      frame={{ id: "conversations", title: "Conversations", icon: <MessageSquare aria-hidden /> }}
      query={waitingQuery()}
      errorTitle="Conversations could not be loaded"
      skeleton={<ConversationsSkeleton />}
    >
      {({ count, latest }) => (
        <>
          <dl className="grid grid-cols-2 gap-3">
            <Figure label="Waiting for a person">{countText(count)}</Figure>
            <Mine />
          </dl>
          {count === 0 ? (
            <p className="mt-3 text-muted text-sm">Nobody waits for a reply from your team.</p>
          ) : (
            <ul className="-mx-2 mt-3 border-t pt-1.5">
              {latest.slice(0, SHOWN).map((conversation) => (
                <Waiting key={conversation.id} conversation={conversation} />
              ))}
            </ul>
          )}
          <CardLink href={count > 0 ? "/messages?filter=attention" : "/messages"}>
            {count > SHOWN ? "See all who wait" : "Messaging Inbox"}
          </CardLink>
        </>
      )}
    </Block>
  );
}

/** A figure of its own: without it the rest of the block still says who waits. */
function Mine() {
  const { data } = useQuery(countsQuery());
  return <Figure label="Yours">{data ? countText(data.mine) : "–"}</Figure>;
}

function Waiting({ conversation }: { readonly conversation: ConversationDto }) {
  const now = useNow();
  const { id, channel, customer, attentionReason, lastMessageAt } = conversation;
  return (
    <li>
      <Link
        href={`/messages/${id}` as Route}
        className="block rounded-md px-2 py-1.5 transition-colors duration-150 hover:bg-sunken"
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
      </Link>
    </li>
  );
}

const ConversationsSkeleton = () => (
  <div role="status">
    <span className="sr-only">Loading conversations</span>
    <Skeleton className="h-32" />
  </div>
);
