"use client";

import { type RefCallback, useCallback, useEffect, useRef } from "react";

/** Near enough that a page has come by the time somebody has scrolled to it. */
const AHEAD = "400px";

/** Calls back each time the element comes near the visible part of the page, while `active`. */
export function useWhenSeen<T extends Element>(onSeen: () => void, active: boolean): RefCallback<T> {
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  return useCallback(
    (element: T) => {
      if (!active) return undefined;
      const observer = new IntersectionObserver(
        ([entry]) => entry?.isIntersecting === true && latest.current(),
        { rootMargin: AHEAD },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [active],
  );
}
