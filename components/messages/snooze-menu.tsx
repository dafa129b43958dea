"use client";

import { type FormEvent, type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu } from "@/components/ui/menu";
import { useClock } from "@/components/ui/use-now";
import { formatClock, formatMoment, formatWeekday } from "@/lib/shared/format";
import { londonDay, readLondonTime } from "@/lib/shared/london-time";
import { snoozeTimes } from "./snooze-times";

type SnoozeMenuProps = {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onSnooze: (until: Date) => void;
  readonly onClose: () => void;
};

/** Until when to set a conversation aside: the usual times, or one's own. */
export default function SnoozeMenu({ anchor, onSnooze, onClose }: SnoozeMenuProps) {
  const [own, setOwn] = useState(false);
  const now = useClock()();
  const close = () => {
    onClose();
    anchor.current?.focus();
  };
  if (own) return <OwnTime onSnooze={onSnooze} onClose={close} />;
  return (
    <Menu
      label="Snooze until"
      anchor={anchor}
      onClose={onClose}
      items={[
        ...snoozeTimes(now).map(({ label, until }) => ({
          key: label,
          label,
          detail: label === "Later today" ? formatClock(until) : shortMoment(until, now),
          onChoose: () => onSnooze(until),
        })),
        { key: "own", label: "Choose a time…", leadsOn: true, onChoose: () => setOwn(true) },
      ]}
    />
  );
}

/** "Fri 09:00" */
const shortMoment = (at: Date, now: Date): string =>
  `${formatWeekday(at, now).slice(0, 3)} ${formatClock(at)}`;

const FIELD =
  "mt-1.5 block h-10 w-full rounded-md border border-control bg-surface px-3 text-lg sm:text-base";

function OwnTime({ onSnooze, onClose }: Omit<SnoozeMenuProps, "anchor">) {
  const clock = useClock();
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const until = readLondonTime(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!until || until <= clock()) {
      setRefused(true);
      return;
    }
    onSnooze(until);
    onClose();
  };
  return (
    <Dialog id="snooze" title="Snooze until" onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p id="snooze-text" className="mt-1 text-muted text-sm">
          The conversation comes back at this time, or as soon as the customer writes.
        </p>
        <label htmlFor="snooze-until" className="mt-4 block font-medium text-sm">
          Date and time in the UK
        </label>
        <input
          id="snooze-until"
          type="datetime-local"
          className={FIELD}
          min={`${londonDay(clock())}T00:00`}
          value={text}
          aria-invalid={refused}
          aria-describedby={refused ? "snooze-refused" : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setRefused(false);
          }}
        />
        {refused && (
          <p id="snooze-refused" role="alert" className="mt-1.5 text-bad-text text-sm">
            Choose a time in the future.
          </p>
        )}
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            {until ? `Snooze until ${formatMoment(until, clock())}` : "Snooze"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
