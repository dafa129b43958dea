import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { RowsSkeleton } from "@/components/voice/skeletons";

export default function Loading() {
  return (
    <Page className="max-w-6xl">
      <PageHeader
        title="Voice Dashboard"
        description="Who rang, how they were answered, and whom to ring back."
      />
      <div className="grid gap-4">
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_19rem]">
          <Card>
            <CardBody>
              <RowsSkeleton label="Loading calls to return" rows={2} />
            </CardBody>
          </Card>
          <Card>
            <CardBody>
              <Skeleton className="h-96" />
            </CardBody>
          </Card>
        </div>
        <Card>
          <CardBody>
            <RowsSkeleton label="Loading the call log" rows={5} />
          </CardBody>
        </Card>
      </div>
    </Page>
  );
}
