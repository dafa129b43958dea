"use client";

import { useQuery } from "@tanstack/react-query";
import { readApi } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { PageLink } from "@/components/ui/page-link";
import { Skeleton } from "@/components/ui/skeleton";
import { shortTimeAndClock } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { CallBackFlag } from "@/components/voice/call-flags";
import { type CallDto, type CallPageDto, callsWithPath } from "@/lib/calls/client";

const SHOWN = 5;

/** Their last calls with the summaries; each leads to its transcript. */
export function CustomerCalls({ phone }: { readonly phone: string }) {
  const { data, isPending, refetch } = useQuery({
    queryKey: ["voice", "calls", "with", phone],
    queryFn: ({ signal }) => readApi<CallPageDto>(callsWithPath(phone, SHOWN), signal),
  });
  // The search also finds whoever only named the number.
  const calls = data?.calls.filter(({ callerNumber }) => callerNumber === phone) ?? [];
  return (
    <section aria-labelledby="customer-calls" className="grid gap-2 text-sm">
      <h3 id="customer-calls" className="font-medium text-muted">
        Last calls
      </h3>
      {isPending && <Skeleton className="h-16" />}
      {!isPending && !data && (
        <p role="alert" className="flex items-center justify-between gap-2">
          Calls couldn’t be loaded.
          <Button size="sm" onClick={() => refetch()}>
            Try again
          </Button>
        </p>
      )}
      {data && calls.length === 0 && <p>None</p>}
      {calls.length > 0 && (
        <ul className="-mx-2">
          {calls.map((call) => (
            <Call key={call.id} call={call} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Call({ call }: { readonly call: CallDto }) {
  const { id, startedAt, summary } = call;
  const now = useNow();
  return (
    <li>
      <PageLink href={`/voice?call=${id}`} className="block rounded-md px-2 py-1.5 hover:bg-sunken">
        <span className="flex flex-wrap items-center gap-2">
          <Moment at={startedAt} className="text-muted tabular-nums">
            {shortTimeAndClock(new Date(startedAt), now)}
          </Moment>
          <CallBackFlag call={call} />
        </span>
        <span className="wrap-anywhere line-clamp-3">{summary ?? "No summary"}</span>
      </PageLink>
    </li>
  );
}
