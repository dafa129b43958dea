"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ApiError, sendApi, WENT_WRONG } from "@/components/layout/api";
import { type LineConnected, type LineDto, linePath, linesQuery } from "@/lib/lines/client";
import { lineCheckQuery, showLine } from "./line-check";

const CHECK_MS = 60_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : WENT_WRONG);

/** One line: asked about when the page is opened and on demand, and what is done with it. What comes back replaces it on the page. */
export function useLine({ channel, identity }: LineDto) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<"check" | "connect" | "disconnect" | null>(null);
  const key = { channel, identity };

  const show = useCallback((line: LineDto) => showLine(queries, line), [queries]);
  const opened = useQuery({ ...lineCheckQuery(queries, key), staleTime: CHECK_MS });

  /** Runs one act; what went wrong is said at the line. */
  const act = async <T>(name: NonNullable<typeof busy>, work: () => Promise<T>): Promise<T | undefined> => {
    if (busy) return undefined;
    setBusy(name);
    setProblem(null);
    try {
      return await work();
    } catch (error) {
      setProblem(messageOf(error));
      // Nobody has the line any more, or support changed it.
      if (error instanceof ApiError && error.status === 404)
        void queries.invalidateQueries({ queryKey: linesQuery().queryKey });
      return undefined;
    } finally {
      setBusy(null);
    }
  };

  return {
    show,
    problem: problem ?? (opened.error ? messageOf(opened.error) : null),
    busy,
    checking: opened.isFetching || busy === "check",
    check: () =>
      act("check", async () => show(await sendApi<LineDto>(linePath("check"), { ...key, again: true }))),
    connect: (takeOver: boolean) =>
      act("connect", async () => {
        const outcome = await sendApi<LineConnected>(linePath("connect"), { ...key, takeOver });
        if (outcome.kind === "connected") show(outcome.line);
        return outcome;
      }),
    disconnect: () =>
      act("disconnect", async () => show(await sendApi<LineDto>(linePath("disconnect"), key))),
  };
}
