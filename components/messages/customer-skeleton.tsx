import { Skeleton } from "@/components/ui/skeleton";

/** As much as is there for most: who they are, a vehicle, what comes next. */
export function CustomerSkeleton() {
  return (
    <div role="status" className="grid gap-6 py-4">
      <span className="sr-only">Loading the customer</span>
      <div className="grid gap-2.5">
        <Skeleton className="h-5 w-36" />
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="grid gap-2.5">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-24" />
      </div>
      <div className="grid gap-2.5">
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-10" />
      </div>
    </div>
  );
}
