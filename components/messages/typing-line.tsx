"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { endTyping, useTyping } from "@/components/live/typing";
import { type MessageDto, membersQuery } from "@/lib/inbox/client";

type TypingLineProps = {
  readonly conversationId: string;
  /** The signed-in member. */
  readonly userId: string;
  readonly latest: MessageDto | undefined;
};

/** Colleagues who are writing to this customer now: two need not write the same. */
export function TypingLine({ conversationId, userId, latest }: TypingLineProps) {
  const typing = useTyping(conversationId).filter((id) => id !== userId);
  const { data } = useQuery({ ...membersQuery(), enabled: typing.length > 0, staleTime: 300_000 });
  const sender = latest?.by?.id;
  useEffect(() => {
    if (sender !== undefined && latest) endTyping(conversationId, sender);
  }, [conversationId, sender, latest]);
  const names = typing.map((id) => data?.members.find((one) => one.id === id)?.name ?? "A colleague");
  return (
    <p role="status" className="h-5 truncate px-3 text-muted text-xs md:px-6">
      <span key={names.join()} className="mx-auto block max-w-3xl">
        {names.length > 0 && `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} typing…`}
      </span>
    </p>
  );
}
