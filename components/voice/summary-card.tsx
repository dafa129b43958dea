"use client";

import { useQuery } from "@tanstack/react-query";
import ChartColumn from "lucide-react/icons/chart-column";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { type FiguresDto, summaryQuery, type VoiceSummaryDto } from "@/lib/calls/client";
import { formatNumber } from "@/lib/shared/format";
import { BusyHours } from "./busy-hours";
import { changeText, waitingText } from "./words";

/** Today and this week in figures, beside those of a week before, and at which hours it rings. */
export function SummaryCard() {
  const { data, isError, refetch, isFetching } = useQuery(summaryQuery());
  return (
    <Card labelledBy="voice-summary-title">
      <CardHeader id="voice-summary-title" title="Today and this week" icon={<ChartColumn aria-hidden />} />
      <CardBody>
        {data ? (
          <Summary {...data} />
        ) : isError ? (
          <ErrorState title="The figures couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
        ) : (
          <div role="status">
            <span className="sr-only">Loading the figures</span>
            <Skeleton className="h-96" />
          </div>
        )}
      </CardBody>
    </Card>
  );
}

type Line = {
  readonly name: string;
  readonly of: (figures: FiguresDto) => number;
  /** Part of the line above it; left out where it is 0 throughout. */
  readonly isPart?: true;
  readonly isCompared?: true;
};

const LINES: readonly Line[] = [
  { name: "Calls", of: ({ calls }) => calls, isCompared: true },
  { name: "Answered in full", of: ({ full }) => full },
  { name: "by the faster model", of: ({ fasterModel }) => fasterModel, isPart: true },
  { name: "without tools", of: ({ noTools }) => noTools, isPart: true },
  {
    name: "Message-taker",
    of: ({ messageTaker: { creditExhaustion, trialCap } }) => creditExhaustion + trialCap,
  },
  { name: "credit-exhaustion", of: ({ messageTaker }) => messageTaker.creditExhaustion, isPart: true },
  { name: "trial-cap", of: ({ messageTaker }) => messageTaker.trialCap, isPart: true },
  { name: "Static fallback", of: ({ fallback }) => fallback },
  { name: "Missed", of: ({ missed }) => missed },
  { name: "Forwarded", of: ({ forwarded }) => forwarded, isPart: true },
  { name: "Minutes", of: ({ minutes }) => minutes, isCompared: true },
];

function Summary(summary: VoiceSummaryDto) {
  const now = useNow();
  const { today, week, sameDayLastWeek, lastWeek, callBacks, hours } = summary;
  const waiting = waitingText(callBacks.waiting, callBacks.longestSince, now);
  const lines = LINES.filter(({ of, isPart }) => !isPart || of(today) > 0 || of(week) > 0);
  return (
    <>
      <p
        className={waiting ? "font-medium text-warn-text text-sm" : "text-muted text-sm"}
        suppressHydrationWarning
      >
        {waiting ? `Calls to return: ${waiting}` : "Nobody waits to be rung back"}
      </p>
      <table className="mt-3 w-full tabular-nums">
        <caption className="sr-only">Calls today and this week, against the same days of last week</caption>
        <thead>
          <tr className="text-muted text-xs">
            <td />
            <th scope="col" className="w-12 pb-1 text-right font-medium">
              Today
            </th>
            <th scope="col" className="w-20 pb-1 text-right font-medium">
              This week
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} className={line.isPart ? "text-muted text-sm" : "border-t"}>
              <th
                scope="row"
                className={`text-left align-top font-normal ${line.isPart ? "pb-1.5 pl-3" : "py-1.5"}`}
              >
                {line.name}
              </th>
              <Figure line={line} present={today} before={sameDayLastWeek} />
              <Figure line={line} present={week} before={lastWeek} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-faint text-xs">
        Compared with the same days of last week, up to this time of day.
      </p>
      <BusyHours hours={hours} />
    </>
  );
}

type FigureProps = { readonly line: Line; readonly present: FiguresDto; readonly before: FiguresDto };

function Figure({ line: { of, isPart, isCompared }, present, before }: FigureProps) {
  const change = isCompared ? changeText(of(present), of(before)) : null;
  return (
    <td className={`text-right align-top ${isPart ? "pb-1.5" : "py-1.5"}`}>
      <span className={isCompared ? "font-medium" : undefined}>{formatNumber(of(present))}</span>
      {change && (
        <span className="block text-faint text-xs">
          <span>{change}</span>
          <span className="sr-only"> against last week</span>
        </span>
      )}
    </td>
  );
}
