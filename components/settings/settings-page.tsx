"use client";

import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card, CardBody } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";

type SettingsBlockProps<T> = {
  readonly query: UseQueryOptions<T>;
  readonly errorTitle: string;
  readonly children: (data: T) => ReactNode;
};

/** A page of settings once they are read: else where they will stand, or why they could not be read. */
export function SettingsBlock<T>({ query, errorTitle, children }: SettingsBlockProps<T>) {
  const { data, error, isFetching, refetch } = useQuery(query);
  if (data !== undefined) return children(data);
  return (
    <Card aria-busy={!error}>
      <CardBody>
        {error ? (
          <ErrorState
            title={errorTitle}
            description={error.message}
            onRetry={refetch}
            retrying={isFetching}
          />
        ) : (
          <div className="grid gap-4">
            <Skeleton className="h-10" />
            <Skeleton className="h-10" />
            <Skeleton className="h-40" />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
