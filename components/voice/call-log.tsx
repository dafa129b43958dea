"use client";

import { useQuery } from "@tanstack/react-query";
import Phone from "lucide-react/icons/phone";
import { useState } from "react";
import { FilterChips } from "@/components/messages/filter-chips";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useNow } from "@/components/ui/use-now";
import { CALL_LIMIT, type CallDto, callsQuery } from "@/lib/calls/client";
import { CallRow } from "./call-row";
import { RowsSkeleton } from "./skeletons";
import { CALL_FILTERS, type CallFilter, callsIn } from "./words";

type CallLogProps = { readonly onOpen: (id: string) => void };

export function CallLog({ onOpen }: CallLogProps) {
  const { data, isError, refetch, isFetching } = useQuery(callsQuery());
  const [filter, setFilter] = useState<CallFilter>("all");
  const calls = data?.calls ?? [];
  const options = CALL_FILTERS.map(({ key, label }) =>
    key === "all" ? { key, label } : { key, label, count: callsIn(calls, key).length },
  );
  return (
    <Card labelledBy="call-log-title">
      <CardHeader id="call-log-title" title="Call log" icon={<Phone aria-hidden />} />
      <div className="px-3 pt-2 pb-3">
        <FilterChips label="Which calls" options={options} chosen={filter} onChoose={setFilter} />
      </div>
      {data ? (
        <CallTable calls={callsIn(calls, filter)} total={calls.length} onOpen={onOpen} />
      ) : (
        <div className="px-5 pt-1 pb-5">
          {isError ? (
            <ErrorState title="The call log couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
          ) : (
            <RowsSkeleton label="Loading the call log" rows={5} />
          )}
        </div>
      )}
    </Card>
  );
}

const HEAD = "px-3 py-2 text-left font-medium text-muted text-xs first:pl-5 last:pr-5";

function CallTable({ calls, total, onOpen }: CallLogProps & { calls: readonly CallDto[]; total: number }) {
  const now = useNow();
  if (calls.length === 0)
    return (
      <EmptyState title={total === 0 ? "No calls yet" : "No such calls"}>
        {total === 0
          ? "Calls appear here as soon as your number rings."
          : "None of the latest calls was answered this way."}
      </EmptyState>
    );
  return (
    <>
      <table className="w-full table-fixed border-t">
        <caption className="sr-only">Calls, latest first</caption>
        <thead>
          <tr className="border-b">
            <th scope="col" className={`${HEAD} w-40 max-md:hidden`}>
              Time
            </th>
            <th scope="col" className={`${HEAD} max-md:pl-5 md:w-44`}>
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
      {total >= CALL_LIMIT && (
        <p className="border-t px-5 py-3 text-faint text-xs">{`The ${CALL_LIMIT} latest calls are shown.`}</p>
      )}
    </>
  );
}
