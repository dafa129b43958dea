"use client";

import { useEffect, useRef, useState } from "react";
import type { ConversationDto } from "@/lib/inbox/client";
import { customerName } from "./words";

type ListNewsProps = {
  readonly rows: readonly ConversationDto[];
  readonly list: string;
  readonly openId: string | null;
};

/**
 * Reads out once that a customer has written. Those that want a person are announced by the toast on every page, and the
 * open conversation reads its own messages out.
 */
export function ListNews({ rows, list, openId }: ListNewsProps) {
  const known = useRef<{ readonly list: string; readonly latest: string } | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const latest = rows.reduce(
      (most, { lastMessageAt }) => (lastMessageAt > most ? lastMessageAt : most),
      "",
    );
    const before = known.current;
    known.current = {
      list,
      latest: before?.list === list && before.latest > latest ? before.latest : latest,
    };
    // Another list is no news: what stands in it was there.
    if (before?.list !== list || before.latest === "") return;
    const fresh = rows.find(
      ({ id, unread, needsAttention, lastMessageAt }) =>
        unread && !needsAttention && id !== openId && lastMessageAt > before.latest,
    );
    if (fresh) setSaid(`New message from ${customerName(fresh.customer)}`);
  }, [rows, list, openId]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
