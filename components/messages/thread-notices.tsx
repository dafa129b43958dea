import Sparkles from "lucide-react/icons/sparkles";
import { Badge } from "@/components/ui/badge";
import { useNow } from "@/components/ui/use-now";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { formatMoment } from "@/lib/shared/format";
import { nextStepText } from "./words";

const DEGRADED = {
  "credit-exhaustion": "No credits remain, so the AI isn’t answering here.",
  "trial-cap": "The trial’s cost cap is reached, so the AI isn’t answering here.",
};

type ThreadNoticesProps = { readonly conversation: ThreadHeadDto; readonly canReply: boolean };

/** What to know before replying: why the AI does not answer, its summary, and why a person is wanted. */
export function ThreadNotices({ conversation, canReply }: ThreadNoticesProps) {
  const { degraded, degradationReason, needsAttention, attentionReason, handOffSummary } = conversation;
  const told = degraded && attentionReason === degradationReason;
  return (
    <>
      {degraded && degradationReason && (
        <div
          role="status"
          className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-warn-text"
        >
          <p className="flex flex-wrap items-center gap-2 font-medium">
            Degraded
            <Badge tone="warn" className="border border-warn-line">
              {`degradation reason: ${degradationReason}`}
            </Badge>
          </p>
          <p className="mt-0.5 text-sm">
            {`${DEGRADED[degradationReason]}${canReply ? " Your own replies still go out." : ""}`}
          </p>
        </div>
      )}
      {needsAttention && !told && (
        <p
          role="status"
          className="rounded-lg border border-warn-line bg-warn-soft px-4 py-2.5 font-medium text-sm text-warn-text"
        >
          {nextStepText(attentionReason, canReply)}
        </p>
      )}
      <StateNotice conversation={conversation} />
      {handOffSummary && (
        <section aria-labelledby="hand-off" className="rounded-lg border bg-canvas px-4 py-3">
          <h3 id="hand-off" className="flex items-center gap-1.5 font-medium text-sm">
            <Sparkles aria-hidden className="size-3.5 text-plum" />
            Hand-off summary
          </h3>
          <p className="wrap-anywhere mt-1 whitespace-pre-wrap text-muted text-sm">{handOffSummary}</p>
        </section>
      )}
    </>
  );
}

/** Set aside or dealt with, perhaps by a colleague while somebody writes here. */
function StateNotice({ conversation: { state, snoozedUntil } }: Pick<ThreadNoticesProps, "conversation">) {
  const now = useNow();
  const text =
    state === "done"
      ? "Done. The customer’s next message opens it again."
      : snoozedUntil !== null &&
        `Snoozed until ${formatMoment(snoozedUntil, now)}, or until the customer writes.`;
  return (
    <p role="status" className="text-center text-muted text-sm empty:hidden">
      {state !== "open" && text}
    </p>
  );
}
