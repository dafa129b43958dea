"use client";

import Check from "lucide-react/icons/check";
import Phone from "lucide-react/icons/phone";
import PhoneOutgoing from "lucide-react/icons/phone-outgoing";
import Undo2 from "lucide-react/icons/undo-2";
import { type RefObject, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button, buttonStyle } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { shortTimeAndClock, span, withinSentence } from "@/components/ui/times";
import type { AttemptOutcome, CallBackDto } from "@/lib/calls/client";
import { formatPhone } from "@/lib/shared/format";
import { Assignee } from "./assignee";
import { Attempts } from "./attempts";
import { CallBackReasons } from "./call-back-reasons";
import { TextBack } from "./text-back";
import type { CallBackActions } from "./use-call-backs";
import type { VoiceViewer } from "./voice-viewer";
import { OUTCOMES, personName, rangText } from "./words";

export type CallBackRowProps = {
  readonly callBack: CallBackDto;
  readonly now: Date;
  readonly viewer: VoiceViewer;
  readonly actions: CallBackActions;
  readonly onOpenCall: (callId: string) => void;
};

/** Somebody to ring back: who, why, what was tried; and what can be done. */
export function CallBackRow(props: CallBackRowProps) {
  const { callBack, now, viewer, actions } = props;
  const { name, phoneAsSpoken, doneAt, reached } = callBack;
  const [asks, setAsks] = useState(false);
  const log = useRef<HTMLButtonElement>(null);
  const who = name ?? "Name not given";
  const rang = rangText(callBack);
  const isOpen = doneAt === null;
  return (
    <li tabIndex={-1} className="grid gap-2.5 py-3.5 outline-offset-2">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <bdi className="wrap-anywhere line-clamp-2 font-medium">{who}</bdi>
            {rang && <Badge tone={isOpen ? "warn" : "neutral"}>{rang}</Badge>}
            <Age callBack={callBack} now={now} />
          </p>
          {isOpen ? (
            <Assignee
              callBack={callBack}
              viewer={viewer}
              who={who}
              onAssign={(to) => actions.assign(callBack, to)}
            />
          ) : (
            <Button size="sm" variant="ghost" onClick={() => actions.mark(callBack, false)}>
              <Undo2 aria-hidden />
              <span>Reopen</span>
              <span className="sr-only">{`: ${who}`}</span>
            </Button>
          )}
        </div>
        <CallBackReasons callBack={callBack} now={now} onOpenCall={props.onOpenCall} />
        {phoneAsSpoken && (
          <p className="wrap-anywhere mt-0.5 text-muted text-sm">
            Number as spoken: “<bdi>{phoneAsSpoken}</bdi>”
          </p>
        )}
        {reached && (
          <p className="wrap-anywhere mt-1 text-good-text text-sm">
            {`${personName(reached.by)} spoke to this number ${withinSentence(shortTimeAndClock(new Date(reached.at), now))}, after this call.`}
          </p>
        )}
      </div>
      {isOpen && <Ring {...props} who={who} asks={asks} onAsk={setAsks} log={log} />}
      <Attempts callBack={callBack} now={now} onUndo={(id) => actions.undo(callBack, id)} />
      {isOpen && asks && (
        <Outcomes
          who={who}
          onChoose={(outcome) => {
            // What was pressed goes away: the keyboard stays in the row.
            log.current?.focus();
            setAsks(false);
            actions.record(callBack, outcome);
          }}
        />
      )}
    </li>
  );
}

type RingProps = CallBackRowProps & {
  readonly who: string;
  readonly asks: boolean;
  readonly onAsk: (asks: boolean) => void;
  readonly log: RefObject<HTMLButtonElement | null>;
};

/** What can be done for somebody who waits, in the order in which it is done. */
function Ring({ callBack, viewer, actions, who, asks, onAsk, log }: RingProps) {
  const { phone } = callBack;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {phone ? (
        <a
          href={`tel:${phone}`}
          onClick={() => onAsk(true)}
          className={buttonStyle({ size: "sm", variant: "primary", className: "tabular-nums" })}
        >
          <Phone aria-hidden />
          <span className="sr-only">{`Ring ${who}: `}</span>
          <span>{formatPhone(phone)}</span>
        </a>
      ) : (
        <span className="text-muted text-sm">No number to ring</span>
      )}
      {phone && viewer.canText && <TextBack phone={phone} who={who} />}
      <Button ref={log} size="sm" aria-expanded={asks} onClick={() => onAsk(!asks)}>
        <PhoneOutgoing aria-hidden />
        <span>Log attempt</span>
        <span className="sr-only">{`: ${who}`}</span>
      </Button>
      <Button size="sm" variant="ghost" onClick={() => actions.mark(callBack, true)}>
        <Check aria-hidden />
        <span>Done</span>
        <span className="sr-only">{`: ${who}`}</span>
      </Button>
    </div>
  );
}

function Outcomes({ who, onChoose }: { who: string; onChoose: (outcome: AttemptOutcome) => void }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-2 rounded-md bg-sunken px-3 py-2.5">
      <legend className="sr-only">{`What became of the call to ${who}?`}</legend>
      <span aria-hidden className="mr-1 text-sm">
        What became of it?
      </span>
      {OUTCOMES.map(({ key, label }) => (
        <Button key={key} size="sm" onClick={() => onChoose(key)}>
          {label}
        </Button>
      ))}
    </fieldset>
  );
}

function Age({ callBack: { createdAt, doneAt, doneBy }, now }: Pick<CallBackRowProps, "callBack" | "now">) {
  const at = doneAt ?? createdAt;
  const by = doneBy === null ? "" : ` by ${doneBy}`;
  const text = doneAt
    ? `returned ${withinSentence(shortTimeAndClock(new Date(doneAt), now))}${by}`
    : `waiting ${span(now.getTime() - new Date(createdAt).getTime())}`;
  return (
    <Moment at={at} className="wrap-anywhere text-muted text-sm tabular-nums">
      {text}
    </Moment>
  );
}
