"use client";

import { useQuery } from "@tanstack/react-query";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageLink } from "@/components/ui/page-link";
import { Skeleton } from "@/components/ui/skeleton";
import { subscriptionQuery } from "@/lib/billing/client";

/** How many bays the subscription pays for: they are changed where they are billed. */
export function BaysCard() {
  const { data } = useQuery(subscriptionQuery());
  const bays = data?.bays ?? null;
  return (
    <Card labelledBy="bays-title">
      <CardHeader id="bays-title" title="Bays" />
      <CardBody className="flex flex-wrap items-center justify-between gap-3">
        {data === undefined ? (
          <Skeleton className="h-5 w-40" />
        ) : (
          <p>{bays === null ? "Your subscription names no bays yet." : `${bays} in your subscription`}</p>
        )}
        <PageLink href="/settings/billing" className="font-medium text-sm underline underline-offset-4">
          Go to Billing
        </PageLink>
      </CardBody>
    </Card>
  );
}
