"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormatDay } from "@/components/ui/use-now";
import { type SubscriptionDto, subscriptionQuery } from "@/lib/billing/client";
import { formatCount } from "@/lib/shared/format";
import { ManageSubscription, type OpenPortal } from "./manage-subscription";
import { NextStep } from "./next-step";
import { SubscriptionFacts } from "./subscription-facts";
import { TrialCap } from "./trial-cap";
import { useSubscription } from "./use-subscription";

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

type SubscriptionCardProps = {
  readonly shown: State;
  /** A plan is set: who has none may choose it. */
  readonly sold: boolean;
  readonly portal: OpenPortal;
};

/** The plan, its state, what it costs and when it renews, and how it is changed. */
export function SubscriptionCard({ shown, sold, portal }: SubscriptionCardProps) {
  const { error, isFetching, refetch } = useQuery(subscriptionQuery());
  const data = useSubscription();
  useRefreshOnChange(shown, data?.state ?? null);
  return (
    <Card
      id="subscription"
      tabIndex={-1}
      labelledBy="subscription-title"
      aria-busy={!(data || error)}
      className="scroll-mt-4 outline-offset-4"
    >
      <CardBody className="pt-5">
        <h2 id="subscription-title" className="text-muted text-sm">
          Subscription
        </h2>
        {data ? (
          <Plan subscription={data} sold={sold} portal={portal} />
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

type PlanProps = Pick<SubscriptionCardProps, "sold" | "portal"> & { readonly subscription: SubscriptionDto };

function Plan({ subscription, sold, portal }: PlanProps) {
  const { plan, state, stateText, allowance, renewsAt, endsAt, trialCap } = subscription;
  const day = useFormatDay();
  const renews = renewsAt !== null && (endsAt === null || renewsAt < endsAt);
  const next = <NextStep subscription={subscription} sold={sold} portal={portal} />;
  return (
    <>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <div>
          <p className="flex flex-wrap items-center gap-2 font-medium text-lg">
            <span>{plan}</span>
            <Badge tone={TONE[state]}>{stateText}</Badge>
          </p>
          <p className="flex flex-wrap gap-x-5 text-muted">
            {renewsAt && <span>{`${formatCount(allowance, "credit", "credits")} each month`}</span>}
            {renews && <span>{`Credits refresh ${day(renewsAt)}`}</span>}
          </p>
        </div>
        <ManageSubscription {...subscription} portal={portal} />
      </div>
      {trialCap && <TrialCap {...trialCap} />}
      {/* What is due now comes before what is billed next. */}
      {state === "past_due" && next}
      <SubscriptionFacts {...subscription} />
      {state !== "past_due" && next}
    </>
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
