"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { readApi } from "@/components/layout/api";
import { type CallPageDto, type CallsAsked, callsKey, callsPath } from "@/lib/calls/client";

/** The call log page by page. While another filter or search is read, what was shown stays. */
export const useCallLog = (asked: CallsAsked) =>
  useInfiniteQuery({
    queryKey: callsKey(asked),
    queryFn: ({ pageParam, signal }) => readApi<CallPageDto>(callsPath(asked, pageParam), signal),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
