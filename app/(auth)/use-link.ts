"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { ApiError, sendApi } from "@/components/layout/api";
import type { LinkView, ShownLink } from "@/lib/auth/look-at-link";

function followHash(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** What stands behind `#`, where mailed links have their token; undefined on the server. */
const useHash = (): string | undefined =>
  useSyncExternalStore(
    followHash,
    () => location.hash.slice(1),
    () => undefined,
  );

export type LookedAt = {
  readonly token: string;
  /** Undefined until it is known. */
  readonly view: LinkView | undefined;
  /** Why it could not be looked at. */
  readonly failure: string | undefined;
  readonly look: () => void;
};

/** The link that led to this page, and how it stands. Looking at it changes nothing. */
export function useLink(kind: ShownLink): LookedAt {
  const token = useHash();
  const [view, setView] = useState<LinkView>();
  const [failure, setFailure] = useState<string>();
  const look = useCallback(() => {
    if (token === undefined) return;
    setFailure(undefined);
    if (token === "") return setView({ state: "unknown" });
    sendApi<LinkView>(`/api/links/${kind}`, { token }).then(setView, (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error.message);
    });
  }, [kind, token]);
  useEffect(look, [look]);
  return { token: token ?? "", view, failure, look };
}
