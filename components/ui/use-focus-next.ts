"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps the keyboard's place in a list whose rows go away: when the row with the focus has gone, the row that took its place
 * has it, or the list itself once it is empty. `ids` are those of the rows, in their order.
 */
export function useFocusNext(ids: readonly string[]): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef<{ readonly ids: readonly string[]; readonly index: number }>({ ids, index: -1 });
  useLayoutEffect(() => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>(":scope > ul > li") ?? [])];
    const { index, ids: known } = before.current;
    const hasLeft = index >= 0 && !ids.includes(known[index] ?? "");
    if (hasLeft && document.activeElement === document.body)
      (rows[Math.min(index, rows.length - 1)] ?? list.current)?.focus();
    before.current = { ids, index: rows.findIndex((row) => row.contains(document.activeElement)) };
  });
  // Each time, as the list may come later.
  useLayoutEffect(() => {
    const { current } = list;
    const note = () => {
      const rows = [...(current?.querySelectorAll<HTMLElement>(":scope > ul > li") ?? [])];
      const index = rows.findIndex((row) => row.contains(document.activeElement));
      before.current = { ...before.current, index };
    };
    current?.addEventListener("focusin", note);
    return () => current?.removeEventListener("focusin", note);
  });
  return list;
}
