import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, readApi } from "@/components/layout/api";
import { askAccess } from "./access";
import { signInAgain } from "./sign-out";

const RETRIES = 1;

/**
 * A key is the path of its API: ["credits", "balance"] reads /api/credits/balance, unless a query says otherwise.
 * Live events refetch what changed, so that age alone needs no refetch for 30 seconds.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: followRefusal }),
    mutationCache: new MutationCache({ onError: followRefusal }),
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

/** Leaves, or asks whether to, where another tab signed out, or chose another garage, or this member may do less than before. */
function followRefusal(error: unknown): void {
  if (!(error instanceof ApiError)) return;
  if (error.status === 401) signInAgain();
  if (error.code === "organisation_changed" || error.status === 403) askAccess();
}

/**
 * Marks as old what the server sends with a page from now on, until the returned function is called, where `isOld` says so of
 * the first part of its key. The server read it before the browser got it; an event between the two found nothing to refetch.
 */
export function distrustHydrated(queries: QueryClient, isOld: (first: unknown) => boolean): () => void {
  return queries.getQueryCache().subscribe((event) => {
    const hydrated =
      (event.type === "added" && event.query.state.data !== undefined) ||
      (event.type === "updated" && event.action.type === "setState");
    if (hydrated && isOld(event.query.queryKey[0]))
      void queries.invalidateQueries({ queryKey: event.query.queryKey, exact: true });
  });
}
