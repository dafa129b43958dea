import Undo2 from "lucide-react/icons/undo-2";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { shortTimeAndClock } from "@/components/ui/times";
import type { AttemptOutcome, CallBackDto } from "@/lib/calls/client";
import { outcomeText, personName } from "./words";

const TONE = {
  "no-answer": "neutral",
  voicemail: "accent",
  spoke: "good",
  "wrong-number": "bad",
} as const satisfies Record<AttemptOutcome, string>;

type AttemptsProps = {
  readonly callBack: CallBackDto;
  readonly now: Date;
  readonly onUndo: (attemptId: string) => void;
};

/** What was tried so far, oldest first; nothing where nobody has tried. */
export function Attempts({ callBack: { attempts }, now, onUndo }: AttemptsProps) {
  if (attempts.length === 0) return null;
  return (
    <ul aria-label="Attempts" className="grid gap-1">
      {attempts.map(({ id, outcome, at, by }) => (
        <li key={id} className="flex min-w-0 items-center gap-2 text-muted text-sm">
          {/* On a phone the time goes below the name, before the name would break within its words. */}
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
            <Badge tone={TONE[outcome]}>{outcomeText(outcome)}</Badge>
            <span className="max-w-full break-words">{personName(by)}</span>
            <Moment at={at} className="text-faint tabular-nums">
              {shortTimeAndClock(new Date(at), now)}
            </Moment>
          </span>
          <button
            type="button"
            aria-label={`Undo: ${outcomeText(outcome)}`}
            title="Undo"
            onClick={() => onUndo(id)}
            className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-sunken hover:text-ink max-md:size-9"
          >
            <Undo2 aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}
