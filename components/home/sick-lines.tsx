"use client";

import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useState } from "react";
import { lineCheckQuery } from "@/components/channels/line-check";
import { Banner } from "@/components/ui/banner";
import { buttonStyle } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";
import { type LinesDto, linesQuery } from "@/lib/lines/client";
import { sickLines } from "./sick-lines-words";

/** What was asked meanwhile, in whatever browser, is read so often. */
const READ_MS = 60_000;
/** The providers are asked so often from here; those who mend a line ask on its own page. */
const ASK_MS = 10 * 60_000;

const connectedOf = (lines: LinesDto | undefined) =>
  lines?.lines.filter(({ state }) => state === "connected") ?? [];

/** For who may mend them: the lines with which something is wrong, and the way there. Each provider is asked while the page is open. */
export function SickLines() {
  const queries = useQueryClient();
  const { data } = useQuery({ ...linesQuery(), refetchInterval: READ_MS });
  const asked = useQueries({
    queries: connectedOf(data).map((line) => ({
      ...lineCheckQuery(queries, line),
      staleTime: ASK_MS,
      refetchInterval: ASK_MS,
    })),
  });
  const isAsking = asked.some(({ isLoading }) => isLoading);
  // What the providers say is told when all have answered: what stands below moves once.
  const [told, setTold] = useState(data);
  if (!isAsking && told !== data) setTold(data);
  const sick = sickLines(told?.lines ?? []);
  if (!sick) return null;
  const channels = (
    <PageLink href={"/settings/channels" as Route} className={buttonStyle({ size: "sm" })}>
      Open Channels
    </PageLink>
  );
  return (
    <Banner tone={sick.stops ? "bad" : "warn"} title={sick.title} action={channels}>
      <ul className="grid gap-0.5">
        {sick.lines.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
    </Banner>
  );
}
