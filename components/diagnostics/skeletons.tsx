import { Skeleton } from "@/components/ui/skeleton";

/** Apart from the list itself: every page prefetches the loading state, and would fetch the list’s script with it. */
export function HistorySkeleton() {
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">Loading your questions</span>
      <Skeleton className="h-4 w-3/5" />
      <Skeleton className="h-4 w-4/5" />
      <Skeleton className="h-4 w-1/2" />
    </div>
  );
}
