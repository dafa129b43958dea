import type { QueryClient } from "@tanstack/react-query";

/** The first part of the key of what is done with conversations; their id is the second. */
export const WORK = "work";

/** The conversations that were just dealt with, though a list may still show them as open. */
export const beingEnded = (queries: QueryClient): ReadonlySet<unknown> =>
  new Set(
    queries
      .getMutationCache()
      .findAll({ mutationKey: [WORK], status: "pending" })
      .filter(({ state }) => (state.variables as { readonly kind: string } | undefined)?.kind === "done")
      .map(({ options }) => options.mutationKey?.[1]),
  );
