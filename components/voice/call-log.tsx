"use client";

import Phone from "lucide-react/icons/phone";
import { FilterChips } from "@/components/messages/filter-chips";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useNow } from "@/components/ui/use-now";
import type { CallDto, CallsAsked } from "@/lib/calls/client";
import { CallRow } from "./call-row";
import { CallSearch } from "./call-search";
import { RowsSkeleton } from "./skeletons";
import { useCallLog } from "./use-call-log";
import { useWhenSeen } from "./use-when-seen";
import { LOG_FILTERS } from "./words";

type CallLogProps = {
  readonly asked: CallsAsked;
  readonly onAsk: (asked: { filter?: string | null; search?: string | null }) => void;
  readonly onOpen: (id: string) => void;
};

export function CallLog({ asked, onAsk, onOpen }: CallLogProps) {
  const log = useCallLog(asked);
  const calls = log.data?.pages.flatMap((page) => page.calls);
  return (
    <Card labelledBy="call-log-title" aria-busy={log.isPlaceholderData}>
      <CardHeader id="call-log-title" title="Call log" icon={<Phone aria-hidden />} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 pt-2 pb-3">
        <FilterChips
          label="Which calls"
          options={LOG_FILTERS}
          chosen={asked.filter ?? "all"}
          onChoose={(filter) => onAsk({ filter: filter === "all" ? null : filter })}
        />
        <CallSearch asked={asked.search ?? ""} onSearch={(search) => onAsk({ search })} />
      </div>
      {calls && !log.isError ? (
        <CallTable calls={calls} asked={asked} onOpen={onOpen} />
      ) : (
        <div className="px-5 pt-1 pb-5">
          {log.isError ? (
            <ErrorState
              title="The call log couldn’t be loaded"
              onRetry={log.refetch}
              retrying={log.isFetching}
            />
          ) : (
            <RowsSkeleton label="Loading the call log" rows={5} />
          )}
        </div>
      )}
      {log.hasNextPage && (
        <More
          isFetching={log.isFetchingNextPage}
          onMore={() => void log.fetchNextPage({ cancelRefetch: false })}
        />
      )}
    </Card>
  );
}

/** The next page comes by itself once the end of the list is near; the button is for who does not scroll. */
function More({ isFetching, onMore }: { isFetching: boolean; onMore: () => void }) {
  const seen = useWhenSeen<HTMLDivElement>(onMore, !isFetching);
  return (
    <div ref={seen} className="border-t px-5 py-3 text-center">
      <Button size="sm" variant="ghost" aria-busy={isFetching} onClick={() => !isFetching && onMore()}>
        {isFetching ? "Loading more calls…" : "Show more calls"}
      </Button>
    </div>
  );
}

const HEAD = "px-3 py-2 text-left font-medium text-muted text-xs first:pl-5 last:pr-5";

type CallTableProps = Pick<CallLogProps, "asked" | "onOpen"> & { readonly calls: readonly CallDto[] };

function CallTable({ calls, asked, onOpen }: CallTableProps) {
  const now = useNow();
  if (calls.length === 0)
    return asked.search || asked.filter ? (
      <EmptyState title="No such calls">
        {asked.search
          ? "Search by a number or part of one, a name, or words that were said."
          : "None of your calls was answered this way."}
      </EmptyState>
    ) : (
      <EmptyState title="No calls yet">Calls appear here as soon as your number rings.</EmptyState>
    );
  return (
    <table className="w-full table-fixed border-t">
      <caption className="sr-only">Calls, latest first</caption>
      <thead>
        <tr className="border-b">
          <th scope="col" className={`${HEAD} w-40 max-md:hidden`}>
            Time
          </th>
          <th scope="col" className={`${HEAD} max-md:pl-5 md:w-48`}>
            Caller
          </th>
          <th scope="col" className={`${HEAD} w-24`}>
            Duration
          </th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>
            Answered by
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <CallRow key={call.id} call={call} now={now} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}
