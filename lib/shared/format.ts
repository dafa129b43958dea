const LOCALE = "en-GB";
/** Where every day, month and clock time of the product is. */
export const TIME_ZONE = "Europe/London";
const LONDON = { timeZone: TIME_ZONE } as const;

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const pounds = new Intl.NumberFormat(LOCALE, { style: "currency", currency: "GBP" });
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", ...LONDON });
const dayMonthYear = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric",
  month: "long",
  year: "numeric",
  ...LONDON,
});
const shortDate = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric",
  month: "short",
  year: "numeric",
  ...LONDON,
});
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "long", ...LONDON });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", ...LONDON });
const dayNumber = new Intl.DateTimeFormat(LOCALE, {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  ...LONDON,
});
const year = new Intl.DateTimeFormat(LOCALE, { year: "numeric", ...LONDON });

/** "1,480" */
export const formatNumber = (value: number): string => whole.format(value);

/** "1 call", "12 calls" */
export const formatCount = (value: number, one: string, many: string): string =>
  `${whole.format(value)} ${value === 1 ? one : many}`;

/** "£10.00" from pence */
export const formatPence = (pence: number): string => pounds.format(pence / 100);

/** A moment, or as ISO 8601 what JSON makes of one; a London day "2026-05-01" is its own day. */
export type Moment = Date | string;

/** Equal for two moments of one London day. */
export const dayKey = (at: Moment): string => dayNumber.format(new Date(at));

/** "1 May", and "1 May 2025" where the year is not the one that `now` is in: the London day of a moment. */
export function formatDay(at: Moment, now: Date): string {
  const date = new Date(at);
  return (year.format(date) === year.format(now) ? dayMonth : dayMonthYear).format(date);
}

/** "3 Dec 2026": what lies months ahead, or behind, always with its year. */
export const formatDate = (at: Moment): string => shortDate.format(new Date(at));

/** "Friday 20 November" */
export const formatWeekday = (at: Moment, now: Date): string =>
  `${weekday.format(new Date(at))} ${formatDay(at, now)}`;

/** "14:05" in London */
export const formatClock = (at: Moment): string => clock.format(new Date(at));

/** "20 November, 14:05" */
export const formatMoment = (at: Moment, now: Date): string => `${formatDay(at, now)}, ${formatClock(at)}`;

/** A UK number as people write it; any other stays as it is. */
export function formatPhone(phone: string): string {
  const national = /^\+44([1-9]\d{8,9})$/.exec(phone)?.[1];
  if (national === undefined) return phone;
  const number = `0${national}`;
  if (number.startsWith("02")) return `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`;
  if (/^0(11|1\d1|3|8)/.test(number)) return `${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}`;
  return `${number.slice(0, 5)} ${number.slice(5)}`;
}
