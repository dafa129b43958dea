import { HistorySkeleton } from "@/components/diagnostics/skeletons";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <PageHeader
        title="Diagnostics"
        description="Ask about a fault; the assistant remembers your last questions."
      />
      <div className="grid gap-4">
        <Card>
          <CardBody>
            <Skeleton className="h-24 w-full" />
          </CardBody>
        </Card>
        <Card>
          <CardBody>
            <HistorySkeleton />
          </CardBody>
        </Card>
      </div>
    </Page>
  );
}
