"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { type ConversationDto, conversationsQuery } from "@/lib/inbox/client";
import { attentionText, customerName } from "./words";

const WAITS_FOR_PEOPLE = ({ needsAttention }: ConversationDto): boolean => needsAttention;

/** Conversations that have come to want a person since they were last seen. */
function arrivals(seen: ReadonlyMap<string, string>, now: readonly ConversationDto[]): ConversationDto[] {
  return now.filter(WAITS_FOR_PEOPLE).filter((one) => {
    const before = seen.get(one.id);
    return before === undefined || before < one.lastMessageAt;
  });
}

/** Counts in the page's title what arrives while nobody looks, until somebody does. */
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
  return (added) => {
    if (!document.hidden) return;
    missed.current += added;
    document.title = `(${missed.current}) ${plainTitle()}`;
  };
}

/** The box to write in stays free: beside it on a desk, above it on a phone. */
const awayFromComposer = () => (matchMedia("(min-width: 48rem)").matches ? "bottom-left" : "top-center");

const plainTitle = (): string => document.title.replace(/^\(\d+\) /, "");

/** Says when a message waits for a person; not for the conversation that is open in front of them. */
export function useArrivals(openId: string | null, open: (id: string) => void): void {
  const { data } = useQuery(conversationsQuery());
  const seen = useRef<ReadonlyMap<string, string> | null>(null);
  const badge = useTitleBadge();
  useEffect(() => {
    if (!data) return;
    const before = seen.current;
    seen.current = new Map(data.conversations.map(({ id, lastMessageAt }) => [id, lastMessageAt]));
    if (!before) return;
    const fresh = arrivals(before, data.conversations);
    if (fresh.length === 0) return;
    badge(fresh.length);
    for (const { id, customer, attentionReason } of fresh.filter(
      (one) => one.id !== openId || document.hidden,
    ))
      toast(`New message from ${customerName(customer)}`, {
        id,
        description: attentionText(attentionReason),
        position: awayFromComposer(),
        action: { label: "Open", onClick: () => open(id) },
      });
  }, [data, openId, open, badge]);
}
