"use client";

import { useQuery } from "@tanstack/react-query";
import PhoneForwarded from "lucide-react/icons/phone-forwarded";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useFocusNext } from "@/components/ui/use-focus-next";
import { useNow } from "@/components/ui/use-now";
import { type CallBackDto, type CallBacksDto, callBacksQuery } from "@/lib/calls/client";
import { CallBackRow } from "./call-back-row";
import { RowsSkeleton } from "./skeletons";
import { useCallBacks } from "./use-call-backs";
import type { VoiceViewer } from "./voice-viewer";

type CallBacksProps = {
  readonly viewer: VoiceViewer;
  readonly onOpenCall: (callId: string) => void;
};

/** Whom to ring back, longest waiting first; below them, closed, those who were. */
export function CallBacks(props: CallBacksProps) {
  const { data, isError, refetch, isFetching } = useQuery(callBacksQuery());
  const waiting = data?.waiting ?? 0;
  return (
    <Card labelledBy="call-backs-title">
      <CardHeader
        id="call-backs-title"
        title="Calls to return"
        icon={<PhoneForwarded aria-hidden />}
        description="Messages that the message-taker took, longest waiting first."
        aside={waiting > 0 && <Badge tone="warn">{`${waiting} waiting`}</Badge>}
      />
      <CardBody>
        {data ? (
          <Lists {...props} data={data} />
        ) : isError ? (
          <ErrorState title="Calls to return couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
        ) : (
          <RowsSkeleton label="Loading calls to return" rows={2} />
        )}
      </CardBody>
    </Card>
  );
}

function Lists({
  data: { callBacks, waiting },
  viewer,
  onOpenCall,
}: CallBacksProps & { data: CallBacksDto }) {
  const actions = useCallBacks(viewer);
  const now = useNow();
  const open = callBacks.filter(({ doneAt }) => doneAt === null);
  const done = callBacks.filter(({ doneAt }) => doneAt !== null);
  const list = useFocusNext(open.map(({ id }) => id));
  const shown = open.reduce((sum, { calls }) => sum + calls.length, 0);
  const row = (callBack: CallBackDto) => (
    <CallBackRow key={callBack.id} {...{ callBack, now, viewer, actions, onOpenCall }} />
  );
  return (
    <>
      <div ref={list} tabIndex={-1} className="outline-offset-4">
        {open.length === 0 ? (
          <EmptyState title="Nobody is waiting for a call">
            When the message-taker answers, the caller’s name and number appear here.
          </EmptyState>
        ) : (
          <ul className="-my-3 divide-y">{open.map(row)}</ul>
        )}
      </div>
      {shown < waiting && (
        <p className="mt-4 border-t pt-3 text-faint text-xs">
          {`The ${shown} longest waiting are shown; others follow as these are done.`}
        </p>
      )}
      {done.length > 0 && (
        <details className="mt-4 border-t pt-3">
          <summary className="w-fit cursor-pointer rounded-sm font-medium text-muted text-sm hover:text-ink">
            {`Returned (${done.length})`}
          </summary>
          <ul className="divide-y">{done.map(row)}</ul>
        </details>
      )}
    </>
  );
}
