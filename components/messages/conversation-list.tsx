"use client";

import { clsx } from "clsx";
import Inbox from "lucide-react/icons/inbox";
import { type RefObject, useCallback, useRef } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useNow } from "@/components/ui/use-now";
import type { ListAsked } from "@/lib/inbox/client";
import { ConversationRow } from "./conversation-row";
import { KeysHelp } from "./keys-help";
import { ListFilters } from "./list-filters";
import { ListNews } from "./list-news";
import { NewConversation } from "./new-conversation";
import { NotConnected } from "./not-connected";
import { ListSkeleton } from "./skeletons";
import type { ConversationList as Loaded } from "./use-conversation-list";
import type { useListAddress } from "./use-list-address";
import { VirtualRows } from "./virtual-rows";

type ConversationListProps = Loaded & {
  readonly className: string;
  readonly address: ReturnType<typeof useListAddress>;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** The signed-in member. */
  readonly userId: string;
  readonly canSend: boolean;
};

export function ConversationList(props: ConversationListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const filters = useRef<HTMLElement>(null);
  const { list, shown, address, openId } = props;
  const toList = () => scroller.current?.querySelector("a")?.focus();
  return (
    <section
      aria-labelledby="inbox-title"
      className={clsx("flex min-h-0 min-w-0 flex-col max-md:h-[calc(100dvh-6rem)]", props.className)}
    >
      <header ref={filters} className="px-4 pt-5 pb-2.5 md:pt-4">
        <div className="mb-2 flex items-center justify-between gap-2">
          <p aria-hidden className="font-semibold text-xl tracking-[-0.015em] md:text-lg">
            Messaging Inbox
          </p>
          {props.canSend && <NewConversation onOpen={props.onOpen} />}
        </div>
        <ListFilters {...address} onToList={toList} />
      </header>
      <div
        ref={scroller}
        data-keys="list"
        aria-busy={list.isPlaceholderData}
        className={clsx(
          "relative min-h-0 grow overflow-y-auto border-t [overflow-anchor:none]",
          list.isPlaceholderData && "opacity-60",
        )}
      >
        <ListBody
          {...props}
          scroller={scroller}
          // The button that was pressed goes: the keyboard goes on where filters are chosen.
          onClear={() => filters.current?.querySelector("select")?.focus()}
        />
      </div>
      <ListNews rows={shown} list={props.name} openId={openId} />
      <NotConnected className="max-md:sticky max-md:bottom-0" />
      <div className="hidden border-t px-4 py-2 md:block">
        <KeysHelp />
      </div>
    </section>
  );
}

type ListBodyProps = ConversationListProps & {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onClear: () => void;
};

function ListBody(props: ListBodyProps) {
  const { list, shown, dropEnd, address, openId, onOpen, userId, scroller, onClear } = props;
  const now = useNow();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  if (list.isPending) return <ListSkeleton />;
  if (list.isError && !list.data)
    return (
      <div className="p-4">
        <ErrorState
          title="Conversations couldn’t be loaded"
          onRetry={list.refetch}
          retrying={list.isFetching}
        />
      </div>
    );
  if (shown.length === 0) return <Empty {...address} onClear={onClear} />;
  return (
    <nav aria-label="Conversations">
      <VirtualRows rows={shown} openId={openId} scroller={scroller} onEnd={readOn} onTop={dropEnd}>
        {(conversation) => (
          <ConversationRow
            conversation={conversation}
            current={conversation.id === openId}
            now={now}
            onOpen={onOpen}
            userId={userId}
          />
        )}
      </VirtualRows>
      {isFetchingNextPage && (
        <p role="status" className="px-4 py-3 text-muted text-xs">
          Loading more
        </p>
      )}
      {isFetchNextPageError && (
        <p role="alert" className="flex items-center justify-between gap-3 px-4 py-3 text-sm">
          More conversations couldn’t be loaded.
          <Button size="sm" onClick={() => fetchNextPage()}>
            Try again
          </Button>
        </p>
      )}
    </nav>
  );
}

const EMPTY: Readonly<Record<NonNullable<ListAsked["view"]>, readonly [title: string, text: string]>> = {
  open: [
    "No open conversations",
    "When a customer writes on WhatsApp or by SMS, the conversation appears here.",
  ],
  mine: [
    "Nothing is yours now",
    "Conversations that are assigned to you, or that you took over, appear here.",
  ],
  unassigned: ["Nothing is unassigned", "Conversations that nobody looks after yet appear here."],
  attention: ["Nobody is waiting", "Conversations that need a person appear here, with the reason."],
  done: [
    "Nothing is done yet",
    "Conversations that you mark as done appear here until the customer writes again.",
  ],
  snoozed: ["Nothing is snoozed", "Conversations that were set aside until later appear here."],
};

type EmptyProps = ReturnType<typeof useListAddress> & Pick<ListBodyProps, "onClear">;

function Empty({ asked, show, onClear }: EmptyProps) {
  const { view = "open", channel, reason, search } = asked;
  if (search)
    return (
      <EmptyState icon={<Inbox aria-hidden />} title="Nothing was found">
        Try a name, a number, a registration, or fewer words.
      </EmptyState>
    );
  if (channel || reason)
    return (
      <EmptyState
        icon={<Inbox aria-hidden />}
        title="Nothing matches these filters"
        action={
          <Button
            size="sm"
            onClick={() => {
              show({ ...asked, channel: undefined, reason: undefined });
              onClear();
            }}
          >
            Clear filters
          </Button>
        }
      >
        Choose another channel or reason to see more.
      </EmptyState>
    );
  const [title, text] = EMPTY[view];
  return (
    <EmptyState icon={<Inbox aria-hidden />} title={title}>
      {text}
    </EmptyState>
  );
}
