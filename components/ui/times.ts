import { dayKey, formatClock, formatDay, formatWeekday } from "@/lib/shared/format";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const isYesterday = (at: Date, now: Date): boolean => dayKey(at) === dayKey(new Date(now.getTime() - DAY_MS));

/** "Today", "Yesterday", "Friday 20 November". */
export function dayName(at: Date, now: Date): string {
  if (dayKey(at) === dayKey(now)) return "Today";
  return isYesterday(at, now) ? "Yesterday" : formatWeekday(at, now);
}

/** For lists: "now", "4 min", "14:03", "Yesterday", "12 November", "12 November 2025". */
export function shortTime(at: Date, now: Date): string {
  const ageMs = now.getTime() - at.getTime();
  if (ageMs < MINUTE_MS) return "now";
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min`;
  if (dayKey(at) === dayKey(now)) return formatClock(at);
  return isYesterday(at, now) ? "Yesterday" : formatDay(at, now);
}

/** Beside a label: "just now", "5m ago", "2h ago", "3d ago"; "12 November" once it is more than 30 days ago. */
export function ago(at: Date, now: Date): string {
  const ageMs = now.getTime() - at.getTime();
  if (ageMs < MINUTE_MS) return "just now";
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)}m ago`;
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)}h ago`;
  return ageMs <= 30 * DAY_MS ? `${Math.floor(ageMs / DAY_MS)}d ago` : formatDay(at, now);
}

/**
 * `shortTime` beside other figures: "4 min ago", as a call's length is in minutes too; and "Yesterday, 14:03", as calls are
 * looked up by both.
 */
export function shortTimeAndClock(at: Date, now: Date): string {
  const short = shortTime(at, now);
  if (short.endsWith(" min")) return `${short} ago`;
  return dayKey(at) === dayKey(now) || short === "now" ? short : `${short}, ${formatClock(at)}`;
}

/** A span in its two largest parts: "45 min", "3 h 12 min", "1 day 6 h". Never negative. */
export function span(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return inParts(`${hours} h`, minutes % 60, "min");
  const days = Math.floor(hours / 24);
  return inParts(days === 1 ? "1 day" : `${days} days`, hours % 24, "h");
}

/** From here on a countdown goes by the second. */
const BY_SECOND_MS = 5 * MINUTE_MS;

/** What is left of a time that counts down: a span, and in the last five minutes "4:59". Never negative. */
export function countdown(leftMs: number): string {
  if (leftMs > BY_SECOND_MS) return span(leftMs);
  const seconds = Math.ceil(Math.max(0, leftMs) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** In how many milliseconds `countdown` reads differently. */
export function nextCountdownMs(leftMs: number): number {
  if (leftMs > BY_SECOND_MS) return Math.min((leftMs % MINUTE_MS) + 1, leftMs - BY_SECOND_MS);
  return leftMs - (Math.ceil(leftMs / 1_000) - 1) * 1_000;
}

const inParts = (first: string, rest: number, unit: string): string =>
  rest === 0 ? first : `${first} ${rest} ${unit}`;

/** A call's length: "42 s", "4 min 12 s". */
export function callLength(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A time in the middle of a sentence: "yesterday, 14:03"; a month keeps its capital. */
export const withinSentence = (time: string): string => time.replace(/^Yesterday/, "yesterday");
