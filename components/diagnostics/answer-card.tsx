import RotateCw from "lucide-react/icons/rotate-cw";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { DEGRADED_TEXT } from "@/lib/diagnostics/client";
import { AnswerText } from "./answer-text";
import type { Asking } from "./use-ask";

type AnswerCardProps = { readonly asking: Asking; readonly onRetry: () => void };

/** The question that was just asked, and its answer as it is written. */
export function AnswerCard({ asking, onRetry }: AnswerCardProps) {
  const { question, state, mode, text, error } = asking;
  const degraded = mode === "degraded" || text === DEGRADED_TEXT;
  const writing = state === "asking" || state === "writing";
  return (
    <Card labelledBy="answer-question" className="animate-arrive">
      <CardBody>
        <h2 id="answer-question" className="wrap-anywhere whitespace-pre-wrap font-medium">
          {question}
        </h2>
        <div aria-live="polite" aria-busy={writing} className="mt-3">
          {state === "asking" && <Waiting />}
          {degraded ? (
            <DegradedAnswer />
          ) : (
            <p className="wrap-anywhere whitespace-pre-wrap leading-relaxed">
              <AnswerText text={text} />
              {state === "writing" && (
                <span
                  aria-hidden
                  className="ml-0.5 inline-block h-4 w-0.5 animate-breathe bg-accent align-text-bottom"
                />
              )}
            </p>
          )}
          {state === "done" && text === "" && (
            <p className="text-muted">
              The answer is still being written. It appears in your questions below.
            </p>
          )}
        </div>
        {state === "failed" && (
          <div role="alert" className="mt-3 flex flex-wrap items-center justify-between gap-3 text-bad-text">
            <p>{error}</p>
            <Button size="sm" onClick={onRetry}>
              <RotateCw aria-hidden />
              Try again
            </Button>
          </div>
        )}
      </CardBody>
    </Card>
  );
}

/** Shown for a question that was passed to the team instead of the AI. */
export function DegradedAnswer({ reason }: { reason?: string | null }) {
  return (
    <div className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-warn-text">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        Not answered by the AI
        {reason && (
          <Badge tone="warn" className="border border-warn-line">
            {reason}
          </Badge>
        )}
      </p>
      <p className="mt-0.5 text-sm">{DEGRADED_TEXT}</p>
    </div>
  );
}

function Waiting() {
  return (
    <div className="grid gap-2">
      <span className="sr-only">The assistant is thinking</span>
      <Skeleton className="h-3.5 w-11/12" />
      <Skeleton className="h-3.5 w-4/5" />
      <Skeleton className="h-3.5 w-2/5" />
    </div>
  );
}
