"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { historyQuery, type QueryMode } from "@/lib/diagnostics/client";
import { askQuestion } from "./ask-question";

export type Asking = {
  readonly key: string;
  readonly question: string;
  readonly state: "asking" | "writing" | "done" | "failed";
  readonly mode: QueryMode;
  readonly text: string;
  readonly error: string | null;
};

const BROKEN_OFF = "The connection was lost before the answer was complete.";

/** Asks one question at a time and shows its answer as it is written. */
export function useAsk() {
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);
  const running = useRef(false);

  const run = useCallback(
    async (question: string, key: string) => {
      if (running.current) return;
      running.current = true;
      const base = { key, question, mode: "full", text: "", error: null } as const;
      setAsking({ ...base, state: "asking" });
      let text = "";
      try {
        const answer = await askQuestion(question, key);
        for await (const part of answer.text) {
          text += part;
          setAsking({ ...base, mode: answer.mode, text, state: "writing" });
        }
        setAsking({ ...base, mode: answer.mode, text, state: "done" });
      } catch (error) {
        const message = text === "" && error instanceof Error ? error.message : BROKEN_OFF;
        setAsking({ ...base, text, state: "failed", error: message });
      } finally {
        running.current = false;
        await queries.invalidateQueries({ queryKey: historyQuery().queryKey });
      }
    },
    [queries],
  );

  const ask = useCallback((question: string) => void run(question, crypto.randomUUID()), [run]);
  const retry = useCallback(() => {
    if (asking) void run(asking.question, asking.key);
  }, [asking, run]);
  return { asking, ask, retry };
}
