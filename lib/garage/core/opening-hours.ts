import { daysBetween, londonClock, londonDay, londonMoment, plusDays } from "@/lib/shared/london-time";

/** Wall clock in London, "08:30". A span whose end is not after its beginning ends on the next day: "22:00" to "00:00" is two hours. */
export type OpenSpan = { readonly from: string; readonly to: string };

/** A weekday: closed, around the clock, or open for one or two spans, in their order. */
export type DayHours = "closed" | "24h" | readonly OpenSpan[];

export const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEK)[number];
export type WeekHours = Readonly<Record<Weekday, DayHours>>;

/** London dates, "2026-12-25", both of them closed; `name` is what customers are told. */
export type Closure = { readonly from: string; readonly to: string; readonly name: string };

/** When a garage is open. */
export type OpeningHours = { readonly week: WeekHours; readonly closures: readonly Closure[] };

const LABELS: Readonly<Record<Weekday, string>> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};

const DAY_MINUTES = 1_440;
/** Closed longer than this, a garage has no next opening that anybody would wait for. */
const LOOKED_AHEAD_DAYS = 366;

const day = (hours: readonly OpenSpan[]): DayHours => hours;
const EIGHT_TO_SIX = day([{ from: "08:00", to: "18:00" }]);

/** For a garage that has not said when it is open: Monday to Saturday, 8 to 6. */
export const USUAL_WEEK: WeekHours = {
  mon: EIGHT_TO_SIX,
  tue: EIGHT_TO_SIX,
  wed: EIGHT_TO_SIX,
  thu: EIGHT_TO_SIX,
  fri: EIGHT_TO_SIX,
  sat: EIGHT_TO_SIX,
  sun: "closed",
};

/** Minutes after midnight of "08:30". */
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

type Minutes = { readonly from: number; readonly to: number };

/** Of a span, in minutes after the midnight that its day begins with: `to` may be beyond the day's end. */
export function minutesOf({ from, to }: OpenSpan): Minutes {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return { from: start, to: end > start ? end : end + DAY_MINUTES };
}

const weekdayOf = (date: string): Weekday => WEEK[((daysBetween("2024-01-01", date) % 7) + 7) % 7] ?? "mon";

const isClosedOn = (closures: readonly Closure[], date: string): boolean =>
  closures.some(({ from, to }) => from <= date && date <= to);

/** The spans that begin on a London date: none where a closure covers it. */
function spansOn({ week, closures }: OpeningHours, date: string): readonly Minutes[] {
  if (isClosedOn(closures, date)) return [];
  const hours = week[weekdayOf(date)];
  if (hours === "closed") return [];
  return hours === "24h" ? [{ from: 0, to: DAY_MINUTES }] : hours.map(minutesOf);
}

/**
 * Whether the garage is open at this moment, by London's clock: from an opening until before the closing. What began the day
 * before goes on past midnight, into a closure too.
 */
export function isOpenAt(hours: OpeningHours, at: Date): boolean {
  const date = londonDay(at);
  const { minute } = londonClock(at);
  const holds = (minutes: number) => (span: Minutes) => minutes >= span.from && minutes < span.to;
  return (
    spansOn(hours, date).some(holds(minute)) ||
    spansOn(hours, plusDays(date, -1)).some(holds(minute + DAY_MINUTES))
  );
}

/** The next moment at which it opens, after this one; undefined where it does not within a year. */
export function nextOpening(hours: OpeningHours, after: Date): Date | undefined {
  const today = londonDay(after);
  for (let ahead = 0; ahead <= LOOKED_AHEAD_DAYS; ahead += 1) {
    const date = plusDays(today, ahead);
    for (const { from } of spansOn(hours, date)) {
      const opens = londonMoment(date, 0, Math.floor(from / 60), from % 60);
      if (opens > after && !isOpenAt(hours, new Date(opens.getTime() - 60_000))) return opens;
    }
  }
  return undefined;
}

/** Closures that are not over on this London date, by their beginning. */
export const closuresFrom = (closures: readonly Closure[], date: string): Closure[] =>
  closures.filter(({ to }) => to >= date).sort((one, other) => (one.from < other.from ? -1 : 1));

/**
 * The sentence for customers and for the AI: "Mon–Fri 08:00–17:30, Sat 08:30–12:30; closed on 25 December (Christmas Day)".
 * Closures that are over on `today` (a London date) are left out; years stand where they are not today's.
 */
export function sayHours({ week, closures }: OpeningHours, today: string): string {
  const runs: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const weekday of WEEK) {
    const text = sayDay(week[weekday]);
    const run = runs.at(-1);
    if (run?.text === text) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, text });
  }
  const open = runs.filter(({ text }) => text !== "closed");
  const days = open.map(({ first, last, text }) => `${sayDays(first, last)} ${text}`);
  const usual = days.length > 0 ? days.join(", ") : "closed every day";
  return withClosures(usual, closures, today);
}

/** "on 25 December (Christmas Day), from 1 to 2 …": the closures that are not over on `today`; empty where there are none. */
export const sayClosures = (closures: readonly Closure[], today: string): string =>
  closuresFrom(closures, today)
    .map((closure) => sayClosure(closure, today))
    .join(", ");

/** The usual hours, however they are worded, with the closures that are not over on `today`. */
export function withClosures(usual: string | undefined, closures: readonly Closure[], today: string): string {
  const closed = sayClosures(closures, today);
  return [usual, closed === "" ? undefined : `closed ${closed}`].filter(Boolean).join("; ");
}

const sayDays = (first: Weekday, last: Weekday): string =>
  first === last ? LABELS[first] : `${LABELS[first]}–${LABELS[last]}`;

function sayDay(hours: DayHours): string {
  if (hours === "closed") return "closed";
  if (hours === "24h") return "24 hours";
  return hours.map(({ from, to }) => `${from}–${to}`).join(" and ");
}

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

function sayClosure({ from, to, name }: Closure, today: string): string {
  const named = name === "" ? "" : ` (${name})`;
  return from === to
    ? `on ${sayDate(from, today)}${named}`
    : `from ${sayDate(from, today)} to ${sayDate(to, today)}${named}`;
}

/** "25 December", with its year where that is not today's. */
function sayDate(date: string, today: string): string {
  const [year = "", month = "", of = ""] = date.split("-");
  const plain = `${Number(of)} ${MONTHS[Number(month) - 1]}`;
  return year === today.slice(0, 4) ? plain : `${plain} ${year}`;
}
