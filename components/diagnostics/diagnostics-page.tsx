"use client";

import { AnswerCard } from "./answer-card";
import { AskForm } from "./ask-form";
import { History } from "./history";
import { useAsk } from "./use-ask";

export function DiagnosticsPage() {
  const { asking, ask, retry } = useAsk();
  const busy = asking?.state === "asking" || asking?.state === "writing";
  return (
    <div className="grid gap-4">
      <AskForm busy={busy} onAsk={ask} />
      {asking && <AnswerCard asking={asking} onRetry={retry} />}
      <History />
    </div>
  );
}
