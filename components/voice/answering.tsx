"use client";

import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { useNow } from "@/components/ui/use-now";
import { answeringQuery } from "@/lib/calls/client";
import { answeringSince, reasonText } from "./words";

/** A line while the message-taker answers every call; nothing until the server has answered. */
export function Answering() {
  const { data } = useQuery(answeringQuery());
  const now = useNow();
  const since = data?.messagesOnlySince;
  if (!since) return null;
  const why = data.reason === null ? "" : `: ${reasonText(data.reason)}`;
  return (
    <Banner tone="warn" title={`${answeringSince(since, now)}${why}`}>
      Every caller is asked for a name and a number. They are listed below, to be rung back.
    </Banner>
  );
}
