"use client";

import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { useNow } from "@/components/ui/use-now";
import { answeringQuery } from "@/lib/calls/client";
import { dayKey, formatClock, formatMoment } from "@/lib/shared/format";

/** A banner while the message-taker answers every call; nothing until the server has answered. */
export function Answering() {
  const { data } = useQuery(answeringQuery());
  const now = useNow();
  const since = data?.messagesOnlySince;
  if (!since) return null;
  const when = dayKey(since) === dayKey(now) ? formatClock(since) : formatMoment(since, now);
  return (
    <Banner tone="warn" title={`Taking messages only since ${when}`}>
      Every caller is asked for a name and a number. They are listed below, to be rung back.
    </Banner>
  );
}
