import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isAppError } from "@/lib/shared/errors";
import type { Log } from "@/lib/shared/logger";

type KnownProps = { readonly queryKey: QueryKey; readonly data: unknown; readonly children: ReactNode };

/** Puts what the server has read into the browser's query cache; nothing for null. */
export function Known({ queryKey, data, children }: KnownProps) {
  const client = new QueryClient();
  if (data !== null) client.setQueryData(queryKey, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

type PrefetchProps = {
  readonly queryKey: QueryKey;
  readonly read: () => Promise<unknown>;
  readonly log: Log;
  readonly children: ReactNode;
};

/** Reads a block’s data on the server. Where that fails, the block asks again in the browser and shows the error. */
export async function Prefetch({ queryKey, read, log, children }: PrefetchProps) {
  const data = await read().catch((error: unknown) => {
    if (!isAppError(error)) log.error({ err: error, queryKey }, "a block could not be prefetched");
    return null;
  });
  return (
    <Known queryKey={queryKey} data={data}>
      {children}
    </Known>
  );
}
