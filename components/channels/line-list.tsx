"use client";

import { useQuery } from "@tanstack/react-query";
import RadioTower from "lucide-react/icons/radio-tower";
import { SupportLink } from "@/components/billing/support-link";
import { Card, CardBody } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { linesQuery } from "@/lib/lines/client";
import { LineCard } from "./line-card";

/** Nobody announces that a line was reached: it is read again while the page is open. */
const AGAIN_MS = 15_000;

export function LineList({ supportUrl }: { readonly supportUrl: string }) {
  const { data, error, isFetching, refetch } = useQuery({ ...linesQuery(), refetchInterval: AGAIN_MS });
  if (data === undefined)
    return (
      <Card aria-busy={!error}>
        <CardBody>
          {error ? (
            <ErrorState
              title="Your numbers could not be loaded"
              description={error.message}
              onRetry={refetch}
              retrying={isFetching}
            />
          ) : (
            <Skeleton className="h-40" />
          )}
        </CardBody>
      </Card>
    );
  if (data.lines.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<RadioTower aria-hidden />}
          title="No numbers yet"
          action={<SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>}
        >
          Torqueflow’s support assigns your garage its numbers. They appear here, and you connect them.
        </EmptyState>
      </Card>
    );
  return (
    <ul className="grid gap-4">
      {data.lines.map((line) => (
        <li key={`${line.channel} ${line.identity}`} className="min-w-0">
          <LineCard line={line} />
        </li>
      ))}
    </ul>
  );
}
