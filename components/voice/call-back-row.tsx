import Check from "lucide-react/icons/check";
import Phone from "lucide-react/icons/phone";
import Undo2 from "lucide-react/icons/undo-2";
import { formatPhone } from "@/components/messages/words";
import { Button, buttonStyle } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { shortTimeAndClock, span } from "@/components/ui/times";
import type { CallBackDto } from "@/lib/calls/client";

type CallBackRowProps = {
  readonly callBack: CallBackDto;
  readonly now: Date;
  readonly onOpenCall: (() => void) | undefined;
  readonly onMark: (done: boolean) => void;
};

export function CallBackRow({ callBack, now, onOpenCall, onMark }: CallBackRowProps) {
  const { name, phone, phoneAsSpoken, reason, doneAt } = callBack;
  const who = name ?? "Name not given";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2.5 py-3.5">
      <div className="min-w-0 grow basis-56">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="wrap-anywhere line-clamp-2 font-medium">{who}</bdi>
          <Age callBack={callBack} now={now} />
        </p>
        <p className="wrap-anywhere mt-0.5 line-clamp-3 text-muted">{reason ?? "No reason given"}</p>
        {phoneAsSpoken && (
          <p className="wrap-anywhere mt-0.5 text-muted text-sm">
            Number as spoken: “<bdi>{phoneAsSpoken}</bdi>”
          </p>
        )}
        {onOpenCall && (
          <button
            type="button"
            onClick={onOpenCall}
            className="mt-1 rounded-sm text-accent text-sm hover:underline max-md:py-1.5"
          >
            Transcript<span className="sr-only">{` of the call from ${who}`}</span>
          </button>
        )}
      </div>
      <div className="flex items-center gap-2">
        {phone && (
          <a href={`tel:${phone}`} className={buttonStyle({ size: "sm", className: "tabular-nums" })}>
            <Phone aria-hidden />
            <span className="sr-only">{`Ring ${who}: `}</span>
            <span>{formatPhone(phone)}</span>
          </a>
        )}
        {!phone && <span className="text-muted text-sm">No number to ring</span>}
        <Button size="sm" variant={doneAt ? "ghost" : "secondary"} onClick={() => onMark(doneAt === null)}>
          {doneAt ? <Undo2 aria-hidden /> : <Check aria-hidden />}
          <span>{doneAt ? "Undo" : "Done"}</span>
          <span className="sr-only">{`: ${who}`}</span>
        </Button>
      </div>
    </li>
  );
}

function Age({ callBack: { createdAt, doneAt }, now }: Pick<CallBackRowProps, "callBack" | "now">) {
  const at = doneAt ?? createdAt;
  const text = doneAt
    ? `returned ${shortTimeAndClock(new Date(doneAt), now)}`
    : `waiting ${span(now.getTime() - new Date(createdAt).getTime())}`;
  return (
    <Moment at={at} className="text-muted text-sm tabular-nums">
      {text}
    </Moment>
  );
}
