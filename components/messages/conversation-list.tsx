"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { clsx } from "clsx";
import Inbox from "lucide-react/icons/inbox";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useNow } from "@/components/ui/use-now";
import { type ConversationDto, type ConversationsDto, LIST_LIMIT } from "@/lib/inbox/client";
import { ConversationRow } from "./conversation-row";
import { FilterChips } from "./filter-chips";
import { KeysHelp } from "./keys-help";
import { countIn, FILTERS, type Filter } from "./list-filter";
import { ListSkeleton } from "./skeletons";

type ConversationListProps = {
  readonly className: string;
  readonly list: UseQueryResult<ConversationsDto>;
  readonly shown: readonly ConversationDto[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** The signed-in member. */
  readonly userId: string;
};

export function ConversationList(props: ConversationListProps) {
  const all = props.list.data?.conversations ?? [];
  const options = FILTERS.map(({ key, label }) =>
    key === "all" ? { key, label } : { key, label, count: countIn(all, key) },
  );
  return (
    <section aria-labelledby="inbox-title" className={clsx("flex min-h-0 min-w-0 flex-col", props.className)}>
      <header className="px-4 pt-5 pb-2.5 md:pt-4">
        <p aria-hidden className="font-semibold text-xl tracking-[-0.015em] md:text-lg">
          Messaging Inbox
        </p>
        <div className="-mx-2 mt-2">
          <FilterChips
            label="Which conversations"
            options={options}
            chosen={props.filter}
            onChoose={props.onFilter}
          />
        </div>
      </header>
      <div className="relative min-h-0 grow overflow-y-auto border-t">
        <ListBody {...props} total={all.length} />
      </div>
      <div className="hidden border-t px-4 py-2 md:block">
        <KeysHelp />
      </div>
    </section>
  );
}

function ListBody(props: ConversationListProps & { total: number }) {
  const { list, shown, filter, openId, onOpen, userId, total } = props;
  const now = useNow();
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
  if (shown.length === 0)
    return (
      <EmptyState
        icon={<Inbox aria-hidden />}
        title={filter === "all" ? "No messages yet" : "Nothing here now"}
      >
        {filter === "all"
          ? "When a customer writes on WhatsApp or by SMS, the conversation appears here."
          : "Conversations appear here as soon as they match."}
      </EmptyState>
    );
  return (
    <nav aria-label="Conversations">
      <ul>
        {shown.map((conversation) => (
          <li key={conversation.id} className="border-b last:border-b-0 md:last:border-b">
            <ConversationRow
              conversation={conversation}
              current={conversation.id === openId}
              now={now}
              onOpen={onOpen}
              userId={userId}
            />
          </li>
        ))}
      </ul>
      {total >= LIST_LIMIT && (
        <p className="px-4 py-3 text-faint text-xs">{`The ${LIST_LIMIT} latest conversations are shown.`}</p>
      )}
    </nav>
  );
}
