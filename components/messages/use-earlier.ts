"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { readApi } from "@/components/layout/api";
import { earlierPath, type ThreadDto, type ThreadPartDto, threadQuery } from "@/lib/inbox/client";

/** So far before the top the next page is asked for. */
const AHEAD = "600px";

const withEarlier = (thread: ThreadDto, { messages, events, earlier }: ThreadPartDto): ThreadDto => ({
  ...thread,
  messages: [...messages, ...thread.messages],
  events: [...events, ...thread.events],
  earlier,
});

/** Loads what stands before a thread's first message when the reader comes near it; what they read stays where it is. */
export function useEarlier({ conversation, messages, earlier }: ThreadDto) {
  const queries = useQueryClient();
  const top = useRef<HTMLDivElement>(null);
  const loading = useRef(false);
  const [failed, setFailed] = useState(false);
  const first = messages[0]?.id;
  const keepPlace = useSamePlace(first);
  const { id } = conversation;

  const load = useCallback(async () => {
    if (loading.current || first === undefined) return;
    loading.current = true;
    setFailed(false);
    try {
      const part = await readApi<ThreadPartDto>(earlierPath(id, first));
      keepPlace(top.current);
      queries.setQueryData(threadQuery(id).queryKey, (thread) =>
        thread && thread.messages[0]?.id === first ? withEarlier(thread, part) : thread,
      );
    } catch {
      setFailed(true);
    } finally {
      loading.current = false;
    }
  }, [queries, id, first, keepPlace]);

  useEffect(() => {
    if (!earlier || !top.current) return;
    const scroller = scrollerOf(top.current);
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void load(), {
      // A margin counts for the root alone: on a desk the thread scrolls, on a phone the page.
      root: scroller === document.documentElement ? null : scroller,
      rootMargin: `${AHEAD} 0px 0px 0px`,
    });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [earlier, load]);

  return { top, failed, load };
}

/** Holds what stood at the top in its place when something is put before it, whichever element scrolls. */
function useSamePlace(first: string | undefined) {
  const held = useRef<{ readonly below: Element; readonly y: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: something was put before what was first
  useLayoutEffect(() => {
    const { current } = held;
    held.current = null;
    if (!current?.below.isConnected) return;
    scrollerOf(current.below).scrollBy({
      top: current.below.getBoundingClientRect().y - current.y,
      behavior: "instant",
    });
  }, [first]);
  return useCallback((top: Element | null) => {
    const below = top?.nextElementSibling;
    held.current = below ? { below, y: below.getBoundingClientRect().y } : null;
  }, []);
}

function scrollerOf(element: Element): Element {
  for (let up = element.parentElement; up; up = up.parentElement)
    if (up.scrollHeight > up.clientHeight && /auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  return document.documentElement;
}
