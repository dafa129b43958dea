const ZONE = { timeZone: "Europe/London" } as const;
const formatter = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...ZONE, ...options });

const CLOCK = formatter({ hour: "2-digit", minute: "2-digit" });
const DAY = formatter({ day: "numeric", month: "short" });
const DAY_AND_YEAR = formatter({ day: "numeric", month: "short", year: "numeric" });
const LONG_DAY = formatter({ weekday: "long", day: "numeric", month: "long" });
const FULL = formatter({ dateStyle: "medium", timeStyle: "short" });
const KEY = formatter({ year: "numeric", month: "2-digit", day: "2-digit" });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const clockTime = (at: Date): string => CLOCK.format(at);
export const fullTime = (at: Date): string => FULL.format(at);

/** Which London day a moment belongs to: equal for two moments of one day. */
export const dayKey = (at: Date): string => KEY.format(at);

const isYesterday = (at: Date, now: Date): boolean => dayKey(at) === dayKey(new Date(now.getTime() - DAY_MS));

/** "Today", "Yesterday", "Friday 20 November". */
export function dayName(at: Date, now: Date): string {
  if (dayKey(at) === dayKey(now)) return "Today";
  return isYesterday(at, now) ? "Yesterday" : LONG_DAY.format(at);
}

/** For lists: "now", "4 min", "14:03", "Yesterday", "12 Nov", "12 Nov 2025". */
export function shortTime(at: Date, now: Date): string {
  const ageMs = now.getTime() - at.getTime();
  if (ageMs < MINUTE_MS) return "now";
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min`;
  if (dayKey(at) === dayKey(now)) return clockTime(at);
  if (isYesterday(at, now)) return "Yesterday";
  return (ageMs < 300 * DAY_MS ? DAY : DAY_AND_YEAR).format(at);
}

/** A span in its two largest parts: "3 h 12 min", "45 min", "2 days". Never negative. */
export function span(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  const rest = minutes % 60;
  return rest === 0 || hours >= 24 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** A call's length: "42 s", "4 min 12 s". */
export function callLength(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
