import { shortTimeAndClock } from "@/components/ui/times";
import type { CallBackDto } from "@/lib/calls/client";

type CallBackReasonsProps = {
  readonly callBack: CallBackDto;
  readonly now: Date;
  readonly onOpenCall: (callId: string) => void;
};

/** What they said each time they rang, each with the way to its transcript. */
export function CallBackReasons({ callBack, now, onOpenCall }: CallBackReasonsProps) {
  const { calls, name } = callBack;
  const rangOnce = calls.length === 1;
  return (
    <ul className="mt-0.5 grid gap-1">
      {calls.map(({ id, callId, reason, createdAt }) => (
        <li key={id} className="text-muted">
          <span className="wrap-anywhere mr-2">
            {[rangOnce ? null : shortTimeAndClock(new Date(createdAt), now), reason ?? "No reason given"]
              .filter((part) => part !== null)
              .join(" · ")}
          </span>
          {callId && (
            <button
              type="button"
              onClick={() => onOpenCall(callId)}
              className="rounded-sm text-accent text-sm hover:underline max-md:py-1"
            >
              Transcript<span className="sr-only">{` of the call from ${name ?? "an unknown caller"}`}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
