const ZONE = "Europe/London";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: ZONE });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: ZONE,
});

/** "1,480" */
export const formatNumber = (value: number): string => whole.format(value);

/** "1 call", "12 calls" */
export const formatCount = (value: number, one: string, many: string): string =>
  `${whole.format(value)} ${value === 1 ? one : many}`;

/** "£10.00" from pence */
export const formatPence = (pence: number): string => pounds.format(pence / 100);

/** "1 May": the London day of a moment, or of a day "2026-05-01". */
export const formatDay = (moment: string): string => dayMonth.format(new Date(moment));

/** "1 May 2026" */
export const formatDate = (moment: string): string => dayMonthYear.format(new Date(moment));
