"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormatDay } from "@/components/ui/use-now";
import { type SubscriptionDto, subscriptionQuery } from "@/lib/billing/client";
import { formatCount } from "@/lib/shared/format";
import { ManageSubscription, type OpenPortal, PortalButton } from "./manage-subscription";
import { SubscriptionFacts } from "./subscription-facts";
import { SupportLink } from "./support-link";
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

type SubscriptionCardProps = {
  readonly shown: State;
  /** A plan is set: who has none may choose it. */
  readonly sold: boolean;
  readonly portal: OpenPortal;
};

/** The plan, its state, what it costs and when it renews, and how it is changed. */
export function SubscriptionCard({ shown, sold, portal }: SubscriptionCardProps) {
  const { data, error, isFetching, refetch } = useQuery(subscriptionQuery());
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
  return (
    <>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div>
          <p className="flex flex-wrap items-center gap-2 font-medium text-lg">
            <span>{plan}</span>
            <Badge tone={TONE[state]}>{stateText}</Badge>
          </p>
          <p className="flex flex-wrap gap-x-5 text-muted">
            {renewsAt && <span>{`${formatCount(allowance, "credit", "credits")} each month`}</span>}
            {renews && <span>{`Renews ${day(renewsAt)}`}</span>}
          </p>
        </div>
        <ManageSubscription {...subscription} portal={portal} />
      </div>
      {trialCap && <TrialCap {...trialCap} />}
      <SubscriptionFacts {...subscription} />
      <NextStep subscription={subscription} sold={sold} portal={portal} />
    </>
  );
}

/** What to do about a subscription that is unpaid, ends, or has ended. */
function NextStep({ subscription, sold, portal }: PlanProps) {
  const { state, endsAt, manage, supportUrl } = subscription;
  const day = useFormatDay();
  const support = <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>;
  switch (state) {
    case "demo":
      return (
        <Step text="This is a demo garage: its AI credits are unlimited, so there is nothing to pay or to top up." />
      );
    case "past_due":
      return (
        <Step text="Your last payment did not go through. Credits you still have keep working; new ones follow once it is paid.">
          {manage === "portal" && <PortalButton open={portal}>Update Payment</PortalButton>}
          {manage === "support" && support}
        </Step>
      );
    case "canceled":
      return (
        <Step
          text={`${endsAt ? `Your subscription ended on ${day(endsAt)}.` : "Your subscription has ended."} Credits you still have keep working until they are used or expire.${manage === "choose" && sold ? " Choose a plan below to subscribe again." : ""}`}
        >
          {manage === "support" && support}
        </Step>
      );
    case "trial":
    case "active":
    case "grandfathered":
      if (endsAt === null) return null;
      return (
        <Step
          title={`Ends on ${day(endsAt)}`}
          text="Until then everything works as before. Resume it to keep your monthly credits."
        >
          {manage === "portal" && <PortalButton open={portal}>Resume Subscription</PortalButton>}
        </Step>
      );
  }
}

type StepProps = { readonly title?: string; readonly text: string; readonly children?: ReactNode };

function Step({ title, text, children }: StepProps) {
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t pt-4 text-muted">
      <div className="max-w-prose flex-[1_1_16rem]">
        {title && <p className="font-medium text-ink">{title}</p>}
        <p>{text}</p>
      </div>
      {children}
    </div>
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
