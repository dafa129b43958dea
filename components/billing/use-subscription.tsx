"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, use } from "react";
import { useHydrated } from "@/components/ui/use-hydrated";
import { type SubscriptionDto, subscriptionQuery } from "@/lib/billing/client";

const Shown = createContext<SubscriptionDto | null>(null);

type ShownSubscriptionProps = { readonly value: SubscriptionDto | null; readonly children: ReactNode };

/** The subscription from which the server rendered the page. */
export function ShownSubscription({ value, children }: ShownSubscriptionProps) {
  return <Shown value={value}>{children}</Shown>;
}

/**
 * The subscription as it is known now. A block that is hydrated late first renders what the server rendered it from,
 * because another block may have refetched it meanwhile, and the newer value right after.
 */
export function useSubscription(): SubscriptionDto | undefined {
  const shown = use(Shown);
  const { data } = useQuery(subscriptionQuery());
  return useHydrated() ? data : (shown ?? undefined);
}
