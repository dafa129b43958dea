import { shortTimeAndClock } from "@/components/ui/times";
import type { CallBackDto } from "@/lib/calls/client";

type CallBackReasonsProps = {
  readonly callBack: Pick<CallBackDto, "name" | "calls">;
  readonly now: Date;
  readonly onOpenCall: (callId: string) => void;
};

/** So many of the latest calls stand there at once. */
const SHOWN = 2;

/** What they said each time they rang, each with the way to its transcript; the earlier ones when they are asked for. */
export function CallBackReasons(props: CallBackReasonsProps) {
  const { calls } = props.callBack;
  const latest = [...calls].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, SHOWN);
  const shown = calls.filter((call) => latest.includes(call));
  const others = calls.filter((call) => !latest.includes(call));
  return (
    <>
      <Reasons {...props} calls={shown} />
      {others.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit cursor-pointer rounded-sm text-muted text-sm hover:text-ink max-md:py-1">
            {`${others.length} more`}
          </summary>
          <Reasons {...props} calls={others} />
        </details>
      )}
    </>
  );
}

type ReasonsProps = CallBackReasonsProps & { readonly calls: CallBackDto["calls"] };

function Reasons({ callBack, calls, now, onOpenCall }: ReasonsProps) {
  const rangOnce = callBack.calls.length === 1;
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
              Transcript
              <span className="sr-only">{` of the call from ${callBack.name ?? "an unknown caller"}`}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
