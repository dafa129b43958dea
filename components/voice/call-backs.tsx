"use client";

import { useQuery } from "@tanstack/react-query";
import PhoneForwarded from "lucide-react/icons/phone-forwarded";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useNow } from "@/components/ui/use-now";
import { type CallBackDto, callBacksQuery } from "@/lib/calls/client";
import { CallBackRow } from "./call-back-row";
import { RowsSkeleton } from "./skeletons";
import { useCallBack } from "./use-call-back";

type CallBacksProps = {
  /** Opens the call that a call-back comes from; undefined where it is not in the log. */
  readonly openCallOf: (providerCallId: string) => (() => void) | undefined;
};

export function CallBacks({ openCallOf }: CallBacksProps) {
  const { data, isError, refetch, isFetching } = useQuery(callBacksQuery());
  const open = data?.callBacks.filter(({ doneAt }) => doneAt === null) ?? [];
  return (
    <Card labelledBy="call-backs-title">
      <CardHeader
        id="call-backs-title"
        title="Calls to return"
        icon={<PhoneForwarded aria-hidden />}
        description="Messages that the message-taker took, longest waiting first."
        aside={open.length > 0 && <Badge tone="warn">{`${open.length} waiting`}</Badge>}
      />
      <CardBody>
        {data ? (
          <Lists callBacks={data.callBacks} openCallOf={openCallOf} />
        ) : isError ? (
          <ErrorState title="Calls to return couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
        ) : (
          <RowsSkeleton label="Loading calls to return" rows={2} />
        )}
      </CardBody>
    </Card>
  );
}

function Lists({ callBacks, openCallOf }: CallBacksProps & { callBacks: readonly CallBackDto[] }) {
  const mark = useCallBack();
  const now = useNow();
  const open = callBacks.filter(({ doneAt }) => doneAt === null);
  const done = callBacks.filter(({ doneAt }) => doneAt !== null);
  const row = (callBack: CallBackDto) => (
    <CallBackRow
      key={callBack.id}
      callBack={callBack}
      now={now}
      onOpenCall={openCallOf(callBack.providerCallId)}
      onMark={(isDone) => mark.mutate({ id: callBack.id, done: isDone })}
    />
  );
  return (
    <>
      {open.length === 0 ? (
        <EmptyState title="Nobody is waiting for a call">
          When the message-taker answers, the caller’s name and number appear here.
        </EmptyState>
      ) : (
        <ul className="-my-3 divide-y">{open.map(row)}</ul>
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
