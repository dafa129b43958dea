"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readApi } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { type AuditDto, type AuditFilter, auditPages, auditPath } from "@/lib/audit/client";
import { ActRow } from "./act-row";
import { AuditFilters } from "./audit-filters";

const READ_MS = 15_000;

/** The log by pages, narrowed by who, what and when. While another choice is read, what was shown stays. */
export function AuditLog() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const log = useInfiniteQuery({
    ...auditPages(filter),
    queryFn: ({ pageParam, signal }) => readApi<AuditDto>(auditPath(filter, pageParam), signal),
    placeholderData: keepPreviousData,
    // Much of what it tells comes without an event of its own; whoever reads further back is not disturbed.
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : READ_MS),
  });
  const acts = log.data?.pages.flatMap((page) => page.acts);
  const isNarrowed = Object.values(filter).some(Boolean);
  return (
    <Card aria-busy={log.isPlaceholderData}>
      <AuditFilters filter={filter} people={log.data?.pages[0]?.people ?? []} onFilter={setFilter} />
      <div className="border-t px-5 py-2">
        {acts && !log.isError ? (
          acts.length === 0 ? (
            <EmptyState title={isNarrowed ? "Nothing matches" : "Nothing has been changed yet"}>
              {isNarrowed
                ? "Choose somebody else, another subject or other dates."
                : "Changes of settings, team and billing appear here with who made them."}
            </EmptyState>
          ) : (
            <ol className="divide-y">
              {acts.map((act) => (
                <ActRow key={act.id} act={act} />
              ))}
            </ol>
          )
        ) : log.isError ? (
          <div className="py-3">
            <ErrorState
              title="The audit log could not be loaded"
              onRetry={log.refetch}
              retrying={log.isFetching}
            />
          </div>
        ) : (
          <Skeleton className="my-3 h-64" />
        )}
        {log.hasNextPage && !log.isError && (
          <div className="flex justify-center border-t py-3">
            <Button
              onClick={() => void log.fetchNextPage()}
              disabled={log.isFetchingNextPage}
              aria-busy={log.isFetchingNextPage}
            >
              {log.isFetchingNextPage ? "Loading…" : "Show earlier changes"}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
