"use client";

import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { readApi } from "@/components/layout/api";
import {
  type ConversationDto,
  type ConversationsDto,
  type ListAsked,
  listPages,
  listPath,
  threadQuery,
} from "@/lib/inbox/client";

const PAGES_AT_TOP = 2;

/** The rows of a list, as many pages as were scrolled to, with the open conversation among them. */
export function useConversationList(asked: ListAsked, openId: string | null) {
  const queries = useQueryClient();
  const options = listPages(asked);
  const list = useInfiniteQuery({
    ...options,
    queryFn: ({ pageParam, signal }) => readApi<ConversationsDto>(listPath(asked, pageParam), signal),
    placeholderData: keepPreviousData,
  });
  const read = useMemo(() => eachOnce(list.data?.pages ?? []), [list.data]);
  const name = options.queryKey.join("/");
  const shown = useKept(read, openId, list.isPlaceholderData ? null : name);
  /** Whoever is back at the top needs no more than its first pages: what changes then is read again in one go. */
  const dropEnd = useCallback(() => {
    const { queryKey } = listPages(asked);
    const data = queries.getQueryData<InfiniteData<ConversationsDto, string | null>>(queryKey);
    if (!data || data.pages.length <= PAGES_AT_TOP) return;
    const first = <T>(all: T[]): T[] => all.slice(0, PAGES_AT_TOP);
    queries.setQueryData(queryKey, { pages: first(data.pages), pageParams: first(data.pageParams) });
    // What was written counts as new, and may be old.
    void queries.invalidateQueries({ queryKey, exact: true });
  }, [queries, asked]);
  return { list, shown, dropEnd, name };
}

export type ConversationList = ReturnType<typeof useConversationList>;

/** One that moved down between two pages stands in both: its first place counts. */
function eachOnce(pages: readonly ConversationsDto[]): readonly ConversationDto[] {
  const rows = new Map<string, ConversationDto>();
  for (const { conversations } of pages)
    for (const one of conversations) if (!rows.has(one.id)) rows.set(one.id, one);
  return [...rows.values()];
}

type Kept = { readonly list: string; readonly row: ConversationDto; readonly at: number };

/** The open conversation stays where it stood when it no longer belongs into the list: it is being worked on. */
function useKept(
  rows: readonly ConversationDto[],
  openId: string | null,
  list: string | null,
): readonly ConversationDto[] {
  const kept = useRef<Kept | null>(null);
  const thread = useQuery({ ...threadQuery(openId ?? ""), enabled: false }).data;
  const at = rows.findIndex(({ id }) => id === openId);
  const row = rows[at];
  useEffect(() => {
    if (row && list !== null) kept.current = { list, row, at };
  }, [row, at, list]);
  return useMemo(() => {
    const { current } = kept;
    if (row || openId === null || current?.row.id !== openId || current.list !== list) return rows;
    const now = thread ? { ...current.row, ...thread.conversation } : current.row;
    return [...rows.slice(0, current.at), now, ...rows.slice(current.at)];
  }, [rows, row, openId, list, thread]);
}
