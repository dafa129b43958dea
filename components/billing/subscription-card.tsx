"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { type SubscriptionDto, subscriptionQuery } from "@/lib/billing/client";
import { formatCount, formatDay } from "@/lib/shared/format";
import { TrialCap } from "./trial-cap";

const TONE = {
  trial: "accent",
  active: "good",
  grandfathered: "good",
  past_due: "warn",
  canceled: "neutral",
  demo: "neutral",
} as const satisfies Record<SubscriptionDto["state"], string>;

type State = SubscriptionDto["state"] | null;

/** Which blocks the page has depends on the state, so the page is rendered again when it changes. */
function useRefreshOnChange(shown: State, state: State): void {
  const router = useRouter();
  const last = useRef(shown);
  useEffect(() => {
    if (state === null || state === last.current) return;
    last.current = state;
    router.refresh();
  }, [router, state]);
}

/** The plan, its state, its monthly allowance and when it renews. */
export function SubscriptionCard({ shown }: { shown: State }) {
  const { data, error, isFetching, refetch } = useQuery(subscriptionQuery());
  useRefreshOnChange(shown, data?.state ?? null);
  return (
    <Card labelledBy="subscription-title" aria-busy={!(data || error)}>
      <CardBody className="pt-5">
        <h2 id="subscription-title" className="text-muted text-sm">
          Subscription
        </h2>
        {data ? (
          <Plan {...data} />
        ) : error ? (
          <div className="mt-2">
            <ErrorState
              title="Your subscription could not be loaded"
              onRetry={refetch}
              retrying={isFetching}
            />
          </div>
        ) : (
          <Placeholder />
        )}
      </CardBody>
    </Card>
  );
}

function Plan({ plan, state, stateText, allowance, renewsAt, trialCap, supportUrl }: SubscriptionDto) {
  return (
    <>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-8 gap-y-1">
        <p className="flex items-center gap-2 font-medium text-lg">
          <span>{plan}</span>
          <Badge tone={TONE[state]}>{stateText}</Badge>
        </p>
        <p className="flex flex-wrap gap-x-5 text-muted">
          {renewsAt && <span>{`${formatCount(allowance, "credit", "credits")} each month`}</span>}
          {renewsAt && <span>{`Renews ${formatDay(renewsAt)}`}</span>}
        </p>
      </div>
      {trialCap && <TrialCap {...trialCap} />}
      <NextStep state={state} supportUrl={supportUrl} />
    </>
  );
}

const NEXT_STEP: Partial<Record<SubscriptionDto["state"], string>> = {
  past_due:
    "Your last payment did not go through. Credits you still have keep working; new ones follow once it is paid.",
  canceled:
    "Your subscription has ended. Credits you still have keep working until they are used or expire. To subscribe again, contact us.",
  demo: "This is a demo garage: its AI credits are unlimited, so there is nothing to pay or to top up.",
};

/** What to do about a subscription that is unpaid or has ended. */
function NextStep({ state, supportUrl }: Pick<SubscriptionDto, "state" | "supportUrl">) {
  const text = NEXT_STEP[state];
  if (text === undefined) return null;
  return (
    <div className="mt-3 max-w-prose text-muted">
      <p>{text}</p>
      {state !== "demo" && (
        <p className="mt-1">
          <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>
        </p>
      )}
    </div>
  );
}

export function SupportLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="font-medium text-accent underline-offset-4 hover:underline">
      {children}
    </a>
  );
}

function Placeholder() {
  return (
    <div className="mt-2 flex flex-wrap justify-between gap-3">
      <Skeleton className="h-6 w-44" />
      <Skeleton className="h-6 w-64" />
    </div>
  );
}

export function SubscriptionSkeleton() {
  return (
    <Card aria-busy>
      <CardBody className="pt-5">
        <h2 className="text-muted text-sm">Subscription</h2>
        <Placeholder />
      </CardBody>
    </Card>
  );
}
