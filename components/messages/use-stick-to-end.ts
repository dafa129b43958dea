"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/**
 * Keeps the end in sight while the reader is there, whichever element scrolls. Who reads further up stays there;
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
    return () => observer.disconnect();
  }, []);
  return { end, behind, toEnd };
}
