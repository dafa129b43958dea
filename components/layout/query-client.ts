import { defaultShouldDehydrateQuery, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, readApi } from "./api";

const RETRIES = 1;

let leaving = false;

/** Whoever signs out is not asked to sign in again by what was still being read. */
export function startLeaving(): void {
  leaving = true;
}

/** The session has ended: the page behind the sign-in is the one that was open. */
function signInAgain(): void {
  if (leaving) return;
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
}

/**
 * A key is the path of its API: ["credits", "balance"] reads /api/credits/balance, unless a query says otherwise.
 * What live events change is never stale by age alone; the provider refetches it.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) signInAgain();
      },
    }),
    defaultOptions: {
      queries: {
        queryFn: ({ queryKey, signal }) => readApi(`/api/${queryKey.map(String).join("/")}`, signal),
        staleTime: 30_000,
        refetchOnReconnect: "always",
        retry: (failures, error) => !(error instanceof ApiError && error.isFinal) && failures < RETRIES,
        retryDelay: 1_000,
      },
      dehydrate: { shouldDehydrateQuery: defaultShouldDehydrateQuery },
    },
  });
}

/**
 * Marks as old whatever the server sends with a page from now on, until the returned function is called. The server
 * read it before the browser got it; an event between the two found nothing to refetch.
 */
export function distrustHydrated(queries: QueryClient): () => void {
  return queries.getQueryCache().subscribe((event) => {
    const hydrated =
      (event.type === "added" && event.query.state.data !== undefined) ||
      (event.type === "updated" && event.action.type === "setState");
    if (hydrated) void queries.invalidateQueries({ queryKey: event.query.queryKey, exact: true });
  });
}
