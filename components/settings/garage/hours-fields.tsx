"use client";

import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import { type DayHours, WEEK, type Weekday, type WeekHours } from "@/lib/garage/client";

const NAMES: Readonly<Record<Weekday, string>> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** Its little clock leaves no room for "08:00 AM", and every field can be typed in. */
const TIME = "w-26! [&::-webkit-calendar-picker-indicator]:hidden";

const FIRST = { from: "08:00", to: "17:30" };

type HoursFieldsProps = {
  readonly week: WeekHours;
  readonly onChange: (week: WeekHours) => void;
  readonly problemOf: (weekday: Weekday) => string | undefined;
};

/** When the garage opens and closes, by weekday. */
export function HoursFields({ week, onChange, problemOf }: HoursFieldsProps) {
  const copyMonday = () => onChange({ ...week, tue: week.mon, wed: week.mon, thu: week.mon, fri: week.mon });
  return (
    <div className="grid gap-3">
      {WEEK.map((weekday) => (
        <DayFields
          key={weekday}
          weekday={weekday}
          hours={week[weekday]}
          problem={problemOf(weekday)}
          onChange={(hours) => onChange({ ...week, [weekday]: hours })}
        />
      ))}
      <div>
        <Button size="sm" onClick={copyMonday}>
          Copy Monday to all weekdays
        </Button>
      </div>
    </div>
  );
}

type DayFieldsProps = {
  readonly weekday: Weekday;
  readonly hours: DayHours;
  readonly problem: string | undefined;
  readonly onChange: (hours: DayHours) => void;
};

const KINDS = [
  ["open", "Open"],
  ["closed", "Closed"],
  ["24h", "24 hours"],
] as const;

function DayFields({ weekday, hours, problem, onChange }: DayFieldsProps) {
  const name = NAMES[weekday];
  const id = `hours-${weekday}`;
  const spans = typeof hours === "string" ? [] : hours;
  const [first = FIRST] = spans;
  const error = problem === undefined ? {} : { "aria-invalid": true, "aria-describedby": `${id}-error` };
  const setSpan = (nth: number, change: { from?: string; to?: string }) =>
    onChange(spans.map((span, at) => (at === nth ? { ...span, ...change } : span)));
  return (
    <fieldset className="grid gap-1.5 sm:grid-cols-[5.5rem_1fr]">
      <legend className="sr-only">{name}</legend>
      <span aria-hidden className="font-medium text-sm sm:pt-2.5">
        {name}
      </span>
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label={`${name}: open or closed`}
            className="w-28!"
            value={typeof hours === "string" ? hours : "open"}
            onChange={({ target }) =>
              onChange(target.value === "open" ? [first] : target.value === "24h" ? "24h" : "closed")
            }
          >
            {KINDS.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
          {spans.map((span, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a day's first and second time are no more than that
            <div key={nth} className="flex items-center gap-1.5">
              <Input
                type="time"
                aria-label={`${name} opens${nth === 0 ? "" : " again"}`}
                className={TIME}
                value={span.from}
                onChange={({ target }) => setSpan(nth, { from: target.value })}
                {...error}
              />
              <span aria-hidden className="text-muted">
                –
              </span>
              <Input
                type="time"
                aria-label={`${name} closes${nth === 0 ? "" : " again"}`}
                className={TIME}
                value={span.to}
                onChange={({ target }) => setSpan(nth, { to: target.value })}
                {...error}
              />
              {nth === 1 && (
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove ${name}’s second time`}
                  onClick={() => onChange([first])}
                >
                  <X aria-hidden />
                </Button>
              )}
            </div>
          ))}
          {spans.length === 1 && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Add a second time on ${name}`}
              onClick={() => onChange([first, { from: "", to: "" }])}
            >
              <Plus aria-hidden />
            </Button>
          )}
        </div>
        {problem && (
          <p id={`${id}-error`} className="text-bad-text text-sm">
            {problem}
          </p>
        )}
      </div>
    </fieldset>
  );
}
