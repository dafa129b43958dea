"use client";

import { useQuery } from "@tanstack/react-query";
import Phone from "lucide-react/icons/phone";
import { Block } from "@/components/billing/block";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { answeringSince, waitingText } from "@/components/voice/words";
import { answeringQuery, summaryQuery, type VoiceSummaryDto } from "@/lib/calls/client";
import { formatNumber } from "@/lib/shared/format";
import { CardLink } from "./card-link";
import { Figure } from "./figure";

/** How today's calls were answered, and who waits to be rung back: the Voice Dashboard's own figures. */
export function CallsToday() {
  return (
    <Block
      frame={{ id: "calls-today", title: "Calls today", icon: <Phone aria-hidden /> }}
      query={summaryQuery()}
      errorTitle="Today’s calls could not be loaded"
      skeleton={<CallsSkeleton />}
    >
      {(summary) => <Calls {...summary} />}
    </Block>
  );
}

function Calls({ today, callBacks: { waiting, longestSince } }: VoiceSummaryDto) {
  const now = useNow();
  const since = useQuery(answeringQuery()).data?.messagesOnlySince;
  const { messageTaker, fallback, missed } = today;
  const taken = messageTaker.creditExhaustion + messageTaker.trialCap + fallback;
  return (
    <>
      <dl className="grid grid-cols-3 gap-3">
        <Figure label="Answered in full">{formatNumber(today.full)}</Figure>
        <Figure label="Message-taker">{formatNumber(taken)}</Figure>
        <Figure label="Missed">{formatNumber(missed)}</Figure>
      </dl>
      {today.calls === 0 && <p className="mt-3 text-muted text-sm">Nobody has called yet today.</p>}
      {since && (
        <p className="mt-3 font-medium text-sm text-warn-text" suppressHydrationWarning>
          {answeringSince(since, now)}
        </p>
      )}
      <p
        className={`mt-4 border-t pt-3 text-sm ${waiting > 0 ? "font-medium text-warn-text" : "text-muted"}`}
        suppressHydrationWarning
      >
        {waiting > 0
          ? `Calls to return: ${waitingText(waiting, longestSince, now)}`
          : "Nobody waits to be rung back."}
      </p>
      <CardLink href="/voice">{waiting > 0 ? "Ring them back" : "Voice Dashboard"}</CardLink>
    </>
  );
}

const CallsSkeleton = () => (
  <div role="status">
    <span className="sr-only">Loading today’s calls</span>
    <Skeleton className="h-32" />
  </div>
);
