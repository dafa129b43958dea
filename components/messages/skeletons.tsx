import { clsx } from "clsx";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["a", "b", "c", "d", "e", "f"];
const BUBBLES = [
  { key: "a", place: "w-3/5" },
  { key: "b", place: "ml-auto w-1/2" },
  { key: "c", place: "w-2/5" },
  { key: "d", place: "ml-auto w-3/5" },
];

export function ListSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading conversations</span>
      {ROWS.map((row) => (
        <div key={row} className="flex gap-3 border-b px-4 py-3.5">
          <Skeleton className="size-4" />
          <div className="grid grow gap-2">
            <div className="flex justify-between gap-6">
              <Skeleton className="h-3.5 w-28" />
              <Skeleton className="h-3 w-10" />
            </div>
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}

export function BubblesSkeleton() {
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">Loading messages</span>
      {BUBBLES.map(({ key, place }) => (
        <Skeleton key={key} className={clsx("h-14 rounded-lg", place)} />
      ))}
    </div>
  );
}

/** The inbox as a placeholder. */
export function InboxSkeleton() {
  return (
    <div className="md:grid md:h-0 md:grow md:grid-cols-[clamp(17rem,28%,21rem)_minmax(0,1fr)]">
      <div>
        <div className="grid gap-3 border-b px-4 pt-5 pb-3.5 md:pt-4">
          <Skeleton className="h-5 w-28" />
          <Skeleton className="h-5 w-52" />
        </div>
        <ListSkeleton />
      </div>
      <div className="hidden border-l bg-surface md:block" />
    </div>
  );
}
