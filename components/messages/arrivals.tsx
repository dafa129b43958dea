"use client";

import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { toast } from "sonner";
import { type ConversationDto, waitingQuery } from "@/lib/inbox/client";
import { attentionText, customerName } from "./words";

/** Says on every page when a customer waits for a person; not for the conversation that is open in front of them. */
export function Arrivals() {
  const { data } = useQuery(waitingQuery());
  const path = usePathname();
  const router = useRouter();
  const seen = useRef<ReadonlyMap<string, string> | null>(null);
  const badge = useTitleBadge();
  useEffect(() => {
    if (!data) return;
    const before = seen.current;
    seen.current = new Map(data.latest.map(({ id, lastMessageAt }) => [id, lastMessageAt]));
    if (!before) return;
    const fresh = arrivals(before, data.latest);
    badge(fresh.length);
    if (document.hidden) return;
    for (const { id, customer, attentionReason } of fresh) {
      const to = `/messages/${id}`;
      if (to === path) continue;
      toast(<NewMessage from={customerName(customer)} />, {
        id,
        description: attentionText(attentionReason),
        position: awayFromComposer(),
        action: {
          label: "Open",
          // Within the inbox the list stays, and the conversation is read without the page.
          onClick: () =>
            path.startsWith("/messages") ? history.pushState(null, "", to) : router.push(to as Route),
        },
      });
    }
  }, [data, path, router, badge]);
  return null;
}

const NewMessage = ({ from }: { from: string }) => (
  <>
    New message from <bdi>{from}</bdi>
  </>
);

/** Conversations that have come to want a person since they were last seen, or again. */
const arrivals = (seen: ReadonlyMap<string, string>, now: readonly ConversationDto[]): ConversationDto[] =>
  now.filter(({ id, lastMessageAt }) => (seen.get(id) ?? "") < lastMessageAt);

/** The box to write in stays free: beside it on a desk, above it on a phone. */
const awayFromComposer = () => (matchMedia("(min-width: 48rem)").matches ? "bottom-right" : "top-center");

const plainTitle = (): string => document.title.replace(/^\(\d+\) /, "");

/** Counts in the title of a page in the background what arrives, until the page is looked at. */
function useTitleBadge(): (added: number) => void {
  const missed = useRef(0);
  useEffect(() => {
    const look = () => {
      if (document.hidden || missed.current === 0) return;
      missed.current = 0;
      document.title = plainTitle();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return useCallback((added: number) => {
    if (!document.hidden || added === 0) return;
    missed.current += added;
    document.title = `(${missed.current}) ${plainTitle()}`;
  }, []);
}
