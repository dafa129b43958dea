"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/**
 * Keeps the end in sight while the reader is there, whichever element scrolls, also when what stands above or below it comes
 * later or changes its height. Who reads further up stays there;
 * `behind` then says that something new is below. `last` names what stands at the end.
 */
export function useStickToEnd(last: string | undefined) {
  const end = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef<string>(undefined);
  const [behind, setBehind] = useState(false);
  const toEnd = useCallback(() => {
    end.current?.scrollIntoView({ block: "end" });
    setBehind(false);
  }, []);
  useLayoutEffect(() => {
    if (last === before.current) return;
    before.current = last;
    if (atEnd.current) toEnd();
    else setBehind(true);
  }, [last, toEnd]);
  useEffect(() => {
    const watched = end.current;
    if (!watched) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        atEnd.current = entry?.isIntersecting ?? true;
        if (atEnd.current) setBehind(false);
      },
      { rootMargin: "0px 0px 120px 0px" },
    );
    observer.observe(watched);
    // It is told before the other one is, so that a change of height is not taken for scrolling up.
    const sizes = new ResizeObserver(() => atEnd.current && toEnd());
    const content = watched.parentElement;
    for (const box of [content, content?.parentElement, watched.closest("section")])
      if (box) sizes.observe(box);
    return () => {
      observer.disconnect();
      sizes.disconnect();
    };
  }, [toEnd]);
  return { end, behind, toEnd };
}
