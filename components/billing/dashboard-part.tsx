"use client";

import type { ReactNode } from "react";
import type { SubscriptionDto } from "@/lib/billing/client";
import { useSubscription } from "./use-subscription";

const PARTS = ["none", "balance", "whole"] as const satisfies readonly SubscriptionDto["dashboard"][];

type DashboardPartProps = {
  readonly part: Exclude<SubscriptionDto["dashboard"], "none">;
  readonly children: ReactNode;
};

/** Blocks of the dashboard, gone as soon as the subscription no longer has them: they would ask for what is refused. */
export function DashboardPart({ part, children }: DashboardPartProps) {
  const has = useSubscription()?.dashboard ?? "whole";
  return PARTS.indexOf(has) < PARTS.indexOf(part) ? null : children;
}
