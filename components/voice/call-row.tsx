import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { shortTimeAndClock } from "@/components/ui/times";
import type { CallDto } from "@/lib/calls/client";
import { formatPhone } from "@/lib/shared/format";
import { CallBackFlag, CallFlags } from "./call-flags";
import { callerOf } from "./caller";
import { lengthText, liveStatus } from "./words";

type CallRowProps = {
  readonly call: CallDto;
  readonly now: Date;
  readonly onOpen: (id: string) => void;
};

const CELL = "px-3 py-3 align-top first:pl-5 last:pr-5";

/** One call; the whole row opens its transcript. On phones the caller's cell says everything but the duration. */
export function CallRow({ call, now, onOpen }: CallRowProps) {
  const caller = callerOf(call);
  return (
    <tr className="relative border-b transition-colors duration-150 last:border-b-0 hover:bg-sunken">
      <td className={`${CELL} text-muted tabular-nums max-md:hidden`}>
        <When at={call.startedAt} now={now} />
      </td>
      <td className={`${CELL} max-md:pl-5`}>
        <button
          type="button"
          onClick={() => onOpen(call.id)}
          className="wrap-anywhere rounded-sm text-left font-medium after:absolute after:inset-0"
        >
          <span className="sr-only">Open the transcript of the call from </span>
          <bdi className="line-clamp-2">{caller}</bdi>
        </button>
        {call.callerName !== null && call.callerNumber !== null && (
          <p className="text-muted text-sm tabular-nums">{formatPhone(call.callerNumber)}</p>
        )}
        <div className="mt-0.5 grid gap-1 text-sm md:hidden">
          <p className="text-muted tabular-nums">
            <When at={call.startedAt} now={now} />
          </p>
          <Answered call={call} />
        </div>
      </td>
      <td className={`${CELL} tabular-nums`}>
        <Duration call={call} />
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <Answered call={call} />
      </td>
    </tr>
  );
}

function Answered({ call }: { call: CallDto }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5">
        <CallFlags call={call} />
        <CallBackFlag call={call} />
      </div>
      {call.summary && <p className="wrap-anywhere mt-0.5 line-clamp-2 text-muted text-sm">{call.summary}</p>}
    </>
  );
}

function Duration({ call }: { call: CallDto }) {
  const live = liveStatus(call.status);
  if (live) return <Badge tone="good">{live}</Badge>;
  const length = lengthText(call);
  return call.durationSeconds === null ? <span className="text-muted">{length ?? "–"}</span> : length;
}

function When({ at, now }: { at: string; now: Date }) {
  return <Moment at={at}>{shortTimeAndClock(new Date(at), now)}</Moment>;
}
