/** How a call was answered, as the call log is filtered by it. */
export const CALL_FILTERS = ["full", "message-taker", "fallback", "missed", "call-back"] as const;

export type CallFilter = (typeof CALL_FILTERS)[number];

/** What to show of the log; everything absent: the latest calls. */
export type CallsAsked = {
  readonly filter?: CallFilter | undefined;
  /** As it was typed: a number in any usual form or part of one, a name, words of the summary or the transcript. */
  readonly search?: string | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
};

/** Reads an address; an unknown filter counts as none, as an old link may have it. */
export function readCallsAsked(params: { readonly get: (name: string) => string | null }): CallsAsked {
  const filter = params.get("filter");
  return {
    filter: CALL_FILTERS.find((one) => one === filter),
    search: params.get("search") || undefined,
    cursor: params.get("cursor") || undefined,
  };
}

/** The same as a query, without what is absent: "", or "?filter=fallback&search=brakes". */
export function writeCallsAsked(asked: CallsAsked): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
