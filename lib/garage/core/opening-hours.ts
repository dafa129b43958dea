/** Minutes after midnight, half-open. */
type Span = { readonly from: number; readonly to: number };
/** By day of the week, Sunday first; undefined is closed. */
export type OpeningHours = readonly (Span | undefined)[];

const DAYS: readonly string[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY = "(sun|mon|tue|wed|thu|fri|sat)[a-z]*";
const TO = "\\s*(?:-|–|—|to|until)\\s*";
const TIME = "(\\d{1,2})(?:[:.](\\d{2}))?\\s*(am|pm)?";
const WHOLE_WEEK = /^(?:daily|every day|7 days(?: a week)?)/;
const PART = new RegExp(`^(?:${DAY}(?:${TO}${DAY})?)?[\\s:]*(?:${TIME}${TO}${TIME}|(closed))$`);

/** More than anybody writes of a week. */
const MAX_TEXT = 500;

/** Where a garage's hours are not written so that they can be read: Monday to Saturday, 8 to 6. */
export const USUAL_HOURS: OpeningHours = [
  undefined,
  ...Array.from({ length: 6 }, () => ({ from: 480, to: 1_080 })),
];

/** Reads hours such as "Mon–Fri 08:00–17:30, Sat 9am-1pm"; the usual ones where any part cannot be read. */
export function readOpeningHours(text: string | undefined): OpeningHours {
  const parts = (text ?? "")
    .slice(0, MAX_TEXT)
    .toLowerCase()
    .split(/[,;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const week: (Span | undefined)[] = Array.from({ length: 7 }, () => undefined);
  let days: readonly number[] = [];
  for (const part of parts) {
    const [, first, last, ...times] = PART.exec(part.replace(WHOLE_WEEK, "mon-sun")) ?? [];
    if (times.length === 0) return USUAL_HOURS;
    days = first === undefined ? days : range(dayOf(first), dayOf(last ?? first));
    const span = spanOf(times);
    if (days.length === 0 || span === "unreadable") return USUAL_HOURS;
    for (const day of days) week[day] = span;
  }
  return week.some((span) => span) ? week : USUAL_HOURS;
}

/** Whether an appointment may start then: `day` 0 is Sunday, `minute` is after midnight, both local. */
export function isOpen(hours: OpeningHours, day: number, minute: number): boolean {
  const span = hours[day];
  return span !== undefined && minute >= span.from && minute < span.to;
}

const dayOf = (name: string): number => DAYS.indexOf(name);

function range(first: number, last: number): number[] {
  const days = [first];
  for (let day = first; day !== last; ) {
    day = (day + 1) % 7;
    days.push(day);
  }
  return days;
}

function spanOf(times: readonly (string | undefined)[]): Span | undefined | "unreadable" {
  const [fromHour, fromMinute, fromHalf, toHour, toMinute, toHalf, closed] = times;
  if (closed !== undefined) return undefined;
  const from = minutes(fromHour, fromMinute, fromHalf);
  const to = minutes(toHour, toMinute, toHalf);
  // "8 to 5" means the afternoon.
  const end = to <= from && toHalf === undefined ? to + 720 : to;
  return from < end && end <= 1_440 ? { from, to: end } : "unreadable";
}

function minutes(hour = "", minute = "0", half?: string): number {
  const base = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "pm" ? 12 : 0);
  return base * 60 + Number(minute);
}
