"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { type CallsAsked, readAsked } from "@/lib/calls/client";

type Changes = { readonly filter?: string | null; readonly search?: string | null; readonly call?: string };

function addressWith(changes: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const query = params.toString();
  return query === "" ? window.location.pathname : `${window.location.pathname}?${query}`;
}

/**
 * The address says which calls are shown and which one is open, so that it can be linked and reloaded. Opening a call is a step
 * that the browser's Back undoes; filters, and closing it, change the address in place.
 */
export function useAddress() {
  const params = useSearchParams();
  const { filter, search } = readAsked(params);
  const asked: CallsAsked = { filter, search };
  const show = useCallback((changes: Changes) => {
    window.history.replaceState(null, "", addressWith(changes));
  }, []);
  const openCall = useCallback((call: string) => {
    window.history.pushState(null, "", addressWith({ call }));
  }, []);
  const closeCall = useCallback(() => {
    window.history.replaceState(null, "", addressWith({ call: null }));
  }, []);
  return { asked, openId: params.get("call"), show, openCall, closeCall };
}
