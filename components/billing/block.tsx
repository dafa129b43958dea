"use client";

import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { ApiError } from "@/components/layout/api";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";

export type BlockFrame = { readonly id: string; readonly title: string; readonly icon?: ReactNode };

type BlockProps<T> = {
  readonly frame: BlockFrame;
  readonly query: UseQueryOptions<T>;
  readonly errorTitle: string;
  readonly skeleton: ReactNode;
  readonly description?: (data: T) => ReactNode;
  /** At the right of the heading. */
  readonly aside?: (data: T) => ReactNode;
  readonly children: (data: T) => ReactNode;
};

/** A card with a loading and an error state of its own; not shown where the server refuses its data to this viewer. */
export function Block<T>({
  frame,
  query,
  errorTitle,
  skeleton,
  description,
  aside,
  children,
}: BlockProps<T>) {
  const { data, error, isFetching, refetch } = useQuery(query);
  useEffect(() => {
    // A card comes after the page, and then the browser has looked for it already.
    if (window.location.hash === `#${frame.id}`) document.getElementById(frame.id)?.scrollIntoView();
  }, [frame.id]);
  if (error instanceof ApiError && error.isFinal) return null;
  return (
    <Card
      id={frame.id}
      tabIndex={-1}
      labelledBy={`${frame.id}-title`}
      aria-busy={data === undefined && !error}
      className="scroll-mt-4 outline-offset-4"
    >
      <CardHeader
        id={`${frame.id}-title`}
        title={frame.title}
        icon={frame.icon}
        description={data === undefined ? undefined : description?.(data)}
        aside={data === undefined ? undefined : aside?.(data)}
      />
      <CardBody>
        {data !== undefined ? (
          children(data)
        ) : error ? (
          <ErrorState
            title={errorTitle}
            description={error.message}
            onRetry={refetch}
            retrying={isFetching}
          />
        ) : (
          skeleton
        )}
      </CardBody>
    </Card>
  );
}

/** The same card as a placeholder. */
export function BlockSkeleton({ frame, children }: { frame: BlockFrame; children: ReactNode }) {
  return (
    <Card aria-busy>
      <CardHeader title={frame.title} icon={frame.icon} />
      <CardBody>{children}</CardBody>
    </Card>
  );
}
