"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type ListAsked, listParams } from "@/lib/inbox/client";
import { listOfAddress } from "@/lib/inbox/list-address";

/** The list that the page's address names. Another one is a step back for the browser, except while it is typed. */
export function useListAddress() {
  const params = useSearchParams();
  const asked = useMemo(() => listOfAddress(Object.fromEntries(params)), [params]);
  const show = useCallback((next: ListAsked, { isTyped = false } = {}) => {
    const search = listParams(next).toString();
    const to = search === "" ? location.pathname : `${location.pathname}?${search}`;
    history[isTyped ? "replaceState" : "pushState"](null, "", to);
  }, []);
  return { asked, show };
}
