"use client";

import { useSyncExternalStore } from "react";
import { keepChoice } from "@/components/ui/keep-choice";
import { COLUMN_COOKIE } from "./viewer";

const HIDDEN = `${COLUMN_COOKIE}=hidden`;
const CHANGED = "torqueflow:customer-column";

const subscribe = (listener: () => void) => {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
};

const isShown = (): boolean => !document.cookie.split("; ").includes(HIDDEN);

/** Whether this device shows the customer beside conversations; `asRendered` is what the server saw of its cookie. */
export const useColumnShown = (asRendered: boolean): boolean =>
  useSyncExternalStore(subscribe, isShown, () => asRendered);

export function showColumn(shown: boolean): void {
  keepChoice(COLUMN_COOKIE, shown ? null : "hidden");
  dispatchEvent(new Event(CHANGED));
}
