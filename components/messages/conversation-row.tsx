import { useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { shortTime } from "@/components/ui/times";
import { type ConversationDto, threadQuery } from "@/lib/inbox/client";
import { ChannelIcon } from "./channel-icon";
import { HeldBy } from "./held-by";
import { attentionText, customerName } from "./words";

type ConversationRowProps = {
  readonly conversation: ConversationDto;
  readonly current: boolean;
  readonly now: Date;
  readonly onOpen: (id: string) => void;
  /** The signed-in member. */
  readonly userId: string;
};

export function ConversationRow({ conversation, current, now, onOpen, userId }: ConversationRowProps) {
  const queries = useQueryClient();
  const { id, channel, customer, lastMessage, lastMessageAt, needsAttention } = conversation;
  const prefetch = () => void queries.prefetchQuery(threadQuery(id));
  return (
    <Link
      href={`/messages/${id}` as Route}
      prefetch={false}
      aria-current={current ? "true" : undefined}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      onNavigate={(event) => {
        event.preventDefault();
        onOpen(id);
      }}
      className={clsx(
        "flex gap-3 px-4 py-3 -outline-offset-2 transition-colors duration-150",
        current ? "bg-accent-soft" : "hover:bg-sunken",
      )}
    >
      <span className="mt-0.5 shrink-0">
        <ChannelIcon channel={channel} />
      </span>
      <span className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] gap-0.5">
        <span className="flex items-baseline justify-between gap-3">
          <bdi className={clsx("truncate", needsAttention ? "font-semibold" : "font-medium")}>
            {customerName(customer)}
          </bdi>
          <Moment at={lastMessageAt} className="shrink-0 text-muted text-xs tabular-nums">
            {shortTime(new Date(lastMessageAt), now)}
          </Moment>
        </span>
        <span dir="auto" className="truncate text-left text-muted text-sm">
          {lastMessage || "No text"}
        </span>
        <RowState conversation={conversation} userId={userId} />
      </span>
    </Link>
  );
}

/** Why the conversation wants a person, and who holds it. */
function RowState({ conversation, userId }: Pick<ConversationRowProps, "conversation" | "userId">) {
  const { needsAttention, attentionReason, degradationReason, holder } = conversation;
  if (!needsAttention && holder === null) return null;
  const isOneReason = degradationReason === null || degradationReason === attentionReason;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
      {needsAttention && !isOneReason && <Badge tone="warn">{degradationReason}</Badge>}
      {needsAttention && (
        <span className="flex items-baseline gap-1.5 font-medium text-warn-text">
          <span aria-hidden className="size-1.5 shrink-0 self-center rounded-full bg-warn" />
          <span className="sr-only">Needs attention: </span>
          <span>
            {degradationReason && isOneReason
              ? `AI paused: ${degradationReason}`
              : attentionText(attentionReason)}
          </span>
        </span>
      )}
      {holder !== null && (
        <span className="text-muted">
          <HeldBy holder={holder} userId={userId} />
        </span>
      )}
    </span>
  );
}
