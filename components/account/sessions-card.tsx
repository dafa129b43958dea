"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Laptop from "lucide-react/icons/laptop";
import MonitorSmartphone from "lucide-react/icons/monitor-smartphone";
import Smartphone from "lucide-react/icons/smartphone";
import Tablet from "lucide-react/icons/tablet";
import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { signOut } from "@/components/live/sign-out";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { ErrorState } from "@/components/ui/error-state";
import { ago } from "@/components/ui/times";
import { useFocusNext } from "@/components/ui/use-focus-next";
import { useClock } from "@/components/ui/use-now";
import { type SessionDto, sessionsQuery } from "@/lib/auth/client";
import { formatCount, formatMoment } from "@/lib/shared/format";
import { SessionsSkeleton } from "./skeletons";

const ICONS = { desktop: Laptop, mobile: Smartphone, tablet: Tablet };

const PATH = "/api/settings/account/sessions";

/** Where one is signed in, and how to end it. */
export function SessionsCard() {
  const { data, error, isFetching, refetch } = useQuery(sessionsQuery());
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const list = useFocusNext(data?.sessions.map(({ id }) => id) ?? []);
  const readAgain = () => queries.invalidateQueries({ queryKey: sessionsQuery().queryKey });
  const endAll = useMutation({
    mutationFn: () => sendApi<{ readonly ended: number }>(`${PATH}/end-others`),
    onSuccess: ({ ended }) => {
      toast.success(`Signed out of ${formatCount(ended, "other browser", "other browsers")}`);
      return readAgain();
    },
    onError: (problem) => toast.error(problem.message),
    onSettled: () => setIsAsking(false),
  });
  if (data === undefined && !error) return <SessionsSkeleton />;
  const others = data?.sessions.some(({ current }) => !current);
  return (
    <Card labelledBy="sessions-title">
      <CardHeader
        id="sessions-title"
        title="Where you are signed in"
        icon={<MonitorSmartphone aria-hidden />}
        description="A sign-in ends by itself after 30 days. If you don’t recognise one, sign it out and change your password."
      />
      {data ? (
        <div ref={list}>
          <ul className="mt-3 divide-y border-t">
            {data.sessions.map((session) => (
              <Session key={session.id} session={session} onEnded={readAgain} />
            ))}
          </ul>
        </div>
      ) : (
        <CardBody>
          <ErrorState
            title="Your sign-ins couldn’t be loaded"
            description={error?.message ?? ""}
            onRetry={refetch}
            retrying={isFetching}
          />
        </CardBody>
      )}
      {others && (
        <footer className="flex justify-end border-t px-5 py-4">
          <Button onClick={() => setIsAsking(true)}>Sign out everywhere else</Button>
        </footer>
      )}
      {isAsking && (
        <Dialog id="end-all" title="Sign out everywhere else?" onClose={() => setIsAsking(false)}>
          <p id="end-all-text" className="mt-2 text-muted">
            Every browser but this one is signed out within a second. You stay signed in here.
          </p>
          <DialogEnd
            act={endAll}
            label="Sign out everywhere else"
            busyLabel="Signing out…"
            onPress={endAll.mutate}
            onCancel={() => setIsAsking(false)}
          />
        </Dialog>
      )}
    </Card>
  );
}

type SessionProps = { readonly session: SessionDto; readonly onEnded: () => Promise<void> };

function Session({ session, onEnded }: SessionProps) {
  const { id, current, device } = session;
  const Icon = ICONS[device.kind];
  const now = useClock();
  const end = useMutation({
    mutationFn: () => (current ? signOut() : sendApi(`${PATH}/${id}/end`)),
    onSuccess: () => {
      if (current) return;
      toast.success(`Signed out of ${device.words}`);
      return onEnded();
    },
    onError: (problem) => {
      toast.error(problem.message);
      return onEnded();
    },
  });
  return (
    <li tabIndex={-1} className="-outline-offset-2 flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3.5">
      <Icon aria-hidden className="size-4 shrink-0 self-start text-faint max-sm:mt-1 sm:mt-1" />
      <div className="min-w-0 grow basis-48">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span>{device.words}</span>
          {current && <Badge tone="good">This browser</Badge>}
        </p>
        <p className="break-words text-muted text-sm" suppressHydrationWarning>
          {factsOf(session, now())}
        </p>
      </div>
      <Button
        size="sm"
        className="max-sm:ml-7"
        aria-label={current ? "Sign out of this browser" : `Sign out of ${device.words}`}
        aria-busy={end.isPending}
        disabled={end.isPending}
        onClick={() => end.mutate()}
      >
        Sign out
      </Button>
    </li>
  );
}

/** "Used 5m ago · 203.0.113.7 · Signed in Thursday, 14:03". */
function factsOf({ current, lastUsedAt, address, signedInAt }: SessionDto, now: Date): string {
  return [
    current ? "In use now" : `Used ${ago(new Date(lastUsedAt), now)}`,
    ...(address === null ? [] : [address]),
    `Signed in ${formatMoment(signedInAt, now)}`,
  ].join(" · ");
}
