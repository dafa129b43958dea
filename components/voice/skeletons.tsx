import { Skeleton } from "@/components/ui/skeleton";

export function RowsSkeleton({ label, rows }: { label: string; rows: number }) {
  return (
    <div role="status" className="grid gap-5">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
        <div key={row} className="flex justify-between gap-6">
          <div className="grid grow gap-2">
            <Skeleton className="h-3.5 w-36" />
            <Skeleton className="h-3 w-3/5" />
          </div>
          <Skeleton className="h-7 w-24" />
        </div>
      ))}
    </div>
  );
}
