"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { customerQuery, type ThreadHeadDto } from "@/lib/inbox/client";
import { CustomerCalls } from "./customer-calls";
import { CustomerDetails } from "./customer-details";
import { CustomerElsewhere } from "./customer-elsewhere";
import { CustomerSkeleton } from "./customer-skeleton";
import { CustomerVehicles, NextAppointment } from "./customer-vehicles";
import type { InboxViewer } from "./viewer";

type CustomerPanelProps = {
  readonly conversation: ThreadHeadDto;
  readonly viewer: InboxViewer;
  readonly onOpen: (id: string) => void;
};

/** Who writes in a conversation: what the garage's own record says of them, and where else they were in touch. */
export default function CustomerPanel({ conversation, viewer, onOpen }: CustomerPanelProps) {
  const { data, isPending, isFetching, refetch } = useQuery(customerQuery(conversation.id));
  if (isPending) return <CustomerSkeleton />;
  if (!data)
    return (
      <div className="py-4">
        <ErrorState title="The customer couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
      </div>
    );
  const { phone } = data.contact;
  return (
    <div className="grid divide-y *:py-4">
      <CustomerDetails known={data} />
      {data.customer && <CustomerVehicles vehicles={data.vehicles} />}
      {data.customer && <NextAppointment appointment={data.nextAppointment} />}
      <CustomerElsewhere channel={conversation.channel} known={data} viewer={viewer} onOpen={onOpen} />
      {phone && viewer.canSeeCalls && <CustomerCalls phone={phone} />}
    </div>
  );
}
