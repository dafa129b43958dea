import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** The start page before anything is read: two blocks beside each other. */
export function HomeSkeleton() {
  return (
    <div role="status" className="grid gap-4 md:grid-cols-2">
      <span className="sr-only">Loading your day</span>
      {["calls", "conversations"].map((block) => (
        <Card key={block} aria-busy>
          <CardBody>
            <Skeleton className="h-52" />
          </CardBody>
        </Card>
      ))}
    </div>
  );
}
