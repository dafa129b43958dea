import { useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { shortTime } from "@/components/ui/times";
import { type ConversationDto, threadQuery } from "@/lib/inbox/client";
import { formatMoment } from "@/lib/shared/format";
import { ChannelIcon } from "./channel-icon";
import { HeldBy } from "./held-by";
import { attentionText, customerName, previewOf } from "./words";

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
  const { id, channel, customer, lastMessageAt, unread } = conversation;
  const prefetch = () => void queries.prefetchQuery(threadQuery(id));
  return (
    <Link
      href={`/messages/${id}` as Route}
      prefetch={false}
      data-row={id}
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
          <bdi className={clsx("truncate", unread ? "font-semibold" : "font-medium")}>
            {customerName(customer)}
          </bdi>
          <Moment at={lastMessageAt} className="shrink-0 text-muted text-xs tabular-nums">
            {shortTime(new Date(lastMessageAt), now)}
          </Moment>
        </span>
        <span className="flex items-center gap-2">
          <span
            dir="auto"
            className={clsx(
              "min-w-0 grow truncate text-left text-sm",
              unread ? "font-medium text-ink" : "text-muted",
            )}
          >
            {previewOf(conversation)}
          </span>
          {unread && (
            <span className="size-2 shrink-0 rounded-full bg-accent">
              <span className="sr-only">Unread</span>
            </span>
          )}
        </span>
        <RowState conversation={conversation} now={now} userId={userId} />
      </span>
    </Link>
  );
}

type RowStateProps = Pick<ConversationRowProps, "conversation" | "now" | "userId">;

/** Why the conversation wants a person, who has it, and whether it is done or set aside. */
function RowState({ conversation, now, userId }: RowStateProps) {
  const { needsAttention, attentionReason, degradationReason, degradedReason } = conversation;
  const { holder, assignee, state, snoozedUntil } = conversation;
  const isOneReason = degradationReason === null || degradationReason === attentionReason;
  const began = needsAttention && !isOneReason ? degradationReason : !needsAttention ? degradedReason : null;
  if (!needsAttention && !began && !holder && !assignee && state === "open") return null;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
      {began && <Badge tone="warn">{began}</Badge>}
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
      {assignee !== null && assignee.id !== holder?.id && (
        <span className="text-muted">
          Assigned to <bdi>{assignee.id === userId ? "you" : assignee.name}</bdi>
        </span>
      )}
      {state === "done" && <span className="text-muted">Done</span>}
      {snoozedUntil !== null && (
        <span className="text-muted">
          Snoozed until <Moment at={snoozedUntil}>{formatMoment(new Date(snoozedUntil), now)}</Moment>
        </span>
      )}
    </span>
  );
}
