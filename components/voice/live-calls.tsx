"use client";

import { useQuery } from "@tanstack/react-query";
import PhoneCall from "lucide-react/icons/phone-call";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { type CallDto, liveCallsQuery } from "@/lib/calls/client";
import { CallFlags } from "./call-flags";
import { callerOf } from "./caller";
import { clockOf } from "./dialogue";
import { useSeconds } from "./use-seconds";
import { liveStatus } from "./words";

/** Who is on the phone at this moment. The card is there also when nobody is, so that a call that comes in moves little. */
export function LiveCalls() {
  const { data, isError, refetch, isFetching } = useQuery(liveCallsQuery());
  return (
    <Card labelledBy="live-calls-title">
      <CardHeader id="live-calls-title" title="On the phone now" icon={<PhoneCall aria-hidden />} />
      <CardBody>
        {data ? (
          <Calls calls={data.calls} />
        ) : isError ? (
          <ErrorState title="Current calls couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
        ) : (
          <div role="status">
            <span className="sr-only">Loading current calls</span>
            <Skeleton className="h-10" />
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Calls({ calls }: { calls: readonly CallDto[] }) {
  if (calls.length === 0) return <p className="min-h-10 text-muted">No call at the moment.</p>;
  return (
    <ul className="-my-2 divide-y">
      {calls.map((call) => (
        <LiveCall key={call.id} call={call} />
      ))}
    </ul>
  );
}

function LiveCall({ call }: { call: CallDto }) {
  const now = useSeconds();
  const seconds = Math.max(0, Math.floor((now.getTime() - new Date(call.startedAt).getTime()) / 1_000));
  return (
    <li className="py-2">
      <p className="flex items-baseline justify-between gap-3">
        <bdi className="wrap-anywhere line-clamp-2 font-medium">{callerOf(call)}</bdi>
        <span role="timer" className="shrink-0 tabular-nums" suppressHydrationWarning>
          {clockOf(seconds)}
        </span>
      </p>
      <div className="mt-0.5 flex flex-wrap items-center gap-1.5 text-sm">
        <Badge tone="good">{liveStatus(call.status)}</Badge>
        <CallFlags call={call} />
      </div>
    </li>
  );
}
