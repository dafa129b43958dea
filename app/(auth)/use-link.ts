"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { ApiError, sendApi } from "@/components/layout/api";
import type { LinkView, ShownLink } from "@/lib/auth/look-at-link";

function followHash(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** What stands behind `#`, where mailed links have their token; undefined on the server. */
export const useHash = (): string | undefined =>
  useSyncExternalStore(
    followHash,
    () => location.hash.slice(1),
    () => undefined,
  );

export type LookedAt<View> = {
  readonly token: string;
  /** Undefined until it is known. */
  readonly view: View | undefined;
  /** Why it could not be looked at. */
  readonly failure: string | undefined;
  readonly look: () => void;
};

const UNKNOWN: LinkView = { state: "unknown" };

/** The link that led to this page, and how it stands. Looking at it changes nothing. */
export const useLink = (kind: ShownLink): LookedAt<LinkView> =>
  useLookedAt<LinkView>(`/api/links/${kind}`, useHash(), UNKNOWN);

/** A token, undefined as long as it is not known, and what a path says of it; `unknown` where there is none. */
export function useLookedAt<View>(path: string, token: string | undefined, unknown: View): LookedAt<View> {
  const [view, setView] = useState<View>();
  const [failure, setFailure] = useState<string>();
  const look = useCallback(() => {
    if (token === undefined) return;
    setFailure(undefined);
    if (token === "") return setView(unknown);
    sendApi<View>(path, { token }).then(setView, (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error.message);
    });
  }, [path, token, unknown]);
  useEffect(look, [look]);
  return { token: token ?? "", view, failure, look };
}
