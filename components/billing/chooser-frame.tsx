"use client";

import Tags from "lucide-react/icons/tags";
import { Skeleton } from "@/components/ui/skeleton";
import { BlockSkeleton } from "./block";
import { CHOOSE_PLAN_ID } from "./card-ids";

export const CHOOSER_FRAME = { id: CHOOSE_PLAN_ID, title: "Choose Your Plan", icon: <Tags aria-hidden /> };

export function ChooserPlaceholder() {
  return (
    <div className="grid gap-5">
      <div className="grid gap-3 sm:grid-cols-2">
        <Skeleton className="h-26" />
        <Skeleton className="h-26" />
      </div>
      <Skeleton className="h-32" />
    </div>
  );
}

export function ChooserSkeleton() {
  return (
    <BlockSkeleton frame={CHOOSER_FRAME}>
      <ChooserPlaceholder />
    </BlockSkeleton>
  );
}
