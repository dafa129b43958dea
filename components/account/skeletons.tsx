import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** The cards of an account as placeholders. */
export function AccountSkeleton() {
  return (
    <>
      {["Name", "Email address", "Password", "Two-step verification"].map((title) => (
        <Card key={title} aria-busy>
          <CardHeader title={title} />
          <CardBody>
            <Skeleton className="h-4 w-40" />
            <Skeleton className="mt-3 h-10 w-full max-w-sm" />
          </CardBody>
        </Card>
      ))}
    </>
  );
}

/** The list of sign-ins as a placeholder. */
export function SessionsSkeleton() {
  return (
    <Card aria-busy>
      <CardHeader title="Where you are signed in" />
      <CardBody className="grid gap-3">
        <Skeleton className="h-9 w-full" />
        <Skeleton className="h-9 w-full" />
      </CardBody>
    </Card>
  );
}
