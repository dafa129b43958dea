"use client";

import { useSyncExternalStore } from "react";
import { COLUMN_COOKIE } from "./viewer";

const HIDDEN = `${COLUMN_COOKIE}=hidden`;
const CHANGED = "torqueflow:customer-column";
const YEAR_SECONDS = 31_536_000;

const subscribe = (listener: () => void) => {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
};

const isShown = (): boolean => !document.cookie.split("; ").includes(HIDDEN);

/** Whether this device shows the customer beside conversations; `asRendered` is what the server saw of its cookie. */
export const useColumnShown = (asRendered: boolean): boolean =>
  useSyncExternalStore(subscribe, isShown, () => asRendered);

/** A cookie, so that the server renders the page as it will be. */
export function showColumn(shown: boolean): void {
  const age = shown ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API
  document.cookie = `${HIDDEN}; path=/; max-age=${age}; samesite=lax`;
  dispatchEvent(new Event(CHANGED));
}
