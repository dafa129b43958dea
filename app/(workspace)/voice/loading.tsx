import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardBody } from "@/components/ui/card";
import { RowsSkeleton } from "@/components/voice/skeletons";

export default function Loading() {
  return (
    <Page>
      <PageHeader
        title="Voice Dashboard"
        description="Who rang, how they were answered, and whom to ring back."
      />
      <div className="grid gap-4">
        <Card>
          <CardBody>
            <RowsSkeleton label="Loading calls to return" rows={2} />
          </CardBody>
        </Card>
        <Card>
          <CardBody>
            <RowsSkeleton label="Loading the call log" rows={5} />
          </CardBody>
        </Card>
      </div>
    </Page>
  );
}
