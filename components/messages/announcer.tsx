"use client";

import { useEffect, useRef, useState } from "react";
import type { EventDto, MessageDto } from "@/lib/inbox/client";

type AnnouncerProps = {
  readonly messages: readonly MessageDto[];
  readonly events: readonly EventDto[];
  /** The signed-in member: what they wrote themselves is no news. */
  readonly userId: string;
};

/** Reads out what others write, once, when it comes: not what was there, what is loaded later, nor what changes in it. */
export function Announcer({ messages, events, userId }: AnnouncerProps) {
  const last = useRef(lastAt(messages, events));
  const [news, setNews] = useState({ key: "", text: "" });
  useEffect(() => {
    const since = last.current;
    last.current = lastAt(messages, events);
    const texts = [
      ...messages
        .filter(({ at, author, by }) => at > since && author !== "canned" && by?.id !== userId)
        .map(({ author, by, body }) => `${by?.name ?? WHO[author]}: ${body}`),
      ...events
        .filter(({ at, kind, by }) => at > since && kind === "note" && by?.id !== userId)
        .map(({ by, body }) => `Internal note by ${by?.name ?? "your team"}: ${body ?? ""}`),
    ];
    if (texts.length > 0) setNews({ key: last.current, text: texts.join(". ") });
  }, [messages, events, userId]);
  return (
    <p aria-live="polite" className="sr-only">
      {/* A new element is read even where its words are those of the last one. */}
      <span key={news.key}>{news.text}</span>
    </p>
  );
}

const WHO: Readonly<Record<MessageDto["author"], string>> = {
  customer: "New message from the customer",
  ai: "The AI replied",
  canned: "Automatic reply",
  staff: "Your team replied",
};

const lastAt = (...lists: readonly (readonly { readonly at: string }[])[]): string =>
  lists.map((list) => list.at(-1)?.at ?? "").reduce((one, other) => (one > other ? one : other));
