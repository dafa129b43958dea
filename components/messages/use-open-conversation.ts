"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useCallback } from "react";

/** Opens a conversation by its address from any page. */
export function useOpenConversation(): (path: string) => void {
  const router = useRouter();
  return useCallback(
    (path) => {
      // Within the inbox the list stays, and the conversation is read without the page.
      if (location.pathname.startsWith("/messages")) history.pushState(null, "", path);
      else router.push(path as Route);
    },
    [router],
  );
}
