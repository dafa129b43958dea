import { hashKey, type QueryClient } from "@tanstack/react-query";
import { subscriptionQuery } from "@/lib/billing/client";

const PATIENCE_MS = 1_000;

const after = (waitMs: number) => new Promise<void>((resolve) => setTimeout(resolve, waitMs));

/**
 * Marks what begins with these keys as old, and reads again what is on the page, unless the tab is hidden. Which blocks
 * a page has depends on the subscription: it is read and rendered first, so that no block asks for what it may no
 * longer see.
 */
export async function refetchChanged(
  queries: QueryClient,
  changed: readonly (readonly string[])[],
  hidden: boolean,
): Promise<void> {
  const { queryKey: subscription } = subscriptionQuery();
  const isFirst =
    !hidden &&
    changed.some((key) => key.every((part, at) => part === subscription[at])) &&
    queries.getQueryCache().find({ queryKey: subscription })?.isActive() === true;
  if (isFirst) {
    const read = queries.invalidateQueries({ queryKey: subscription, exact: true });
    await Promise.race([read, after(PATIENCE_MS)]);
    // The cache tells its readers after a turn of the event loop.
    await after(0);
  }
  for (const queryKey of changed)
    void queries.invalidateQueries({
      queryKey,
      refetchType: hidden ? "none" : "active",
      predicate: ({ queryHash }) => !isFirst || queryHash !== hashKey(subscription),
    });
}
