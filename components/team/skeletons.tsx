import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** The list of members as a placeholder. */
export function MembersSkeleton() {
  return (
    <Card aria-busy>
      <CardHeader title="Members" />
      <CardBody className="grid gap-3">
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
      </CardBody>
    </Card>
  );
}
