import { daysBetween, isDay, plusDays } from "@/lib/shared/london-time";
import { toE164 } from "@/lib/shared/phone-number";
import { isVisible } from "@/lib/shared/visible-text";
import {
  type Closure,
  type DayHours,
  minutesOf,
  type OpenSpan,
  WEEK,
  type Weekday,
  type WeekHours,
} from "./core/opening-hours";

// What a garage may say of itself, checked alike in the form and on the server. Each check returns what is wrong, in words for
// the owner, or undefined.

export const MAX_PHONE = 30;
export const MAX_PORTAL = 200;
export const MAX_SERVICES = 30;
export const MAX_SERVICE = 60;
export const MAX_CLOSURES = 40;
export const MAX_CLOSURE_NAME = 60;
const MAX_CLOSED_DAYS = 366;
/** So far ahead somebody plans a closure. */
const FURTHEST_DAYS = 731;
const DAY_MINUTES = 1_440;

export type Problem = string | undefined;

const NOBODY = "Nobody can be rung under this number: check its digits.";
/** Without its area a number can be dialled from next door alone. */
const SHORTEST_UK = "+44169772000";

/** Whether a number is premium or special is the server's to say: telling needs tables too large for a browser. */
export function checkPhone(phone: string): Problem {
  const typed = phone.trim();
  if (typed === "") return undefined;
  if (typed.length > MAX_PHONE || !/^\+?[\d ()-]+$/.test(typed))
    return "Write the number in digits, such as 0113 496 0001.";
  const number = toE164(typed);
  if (number === undefined) return NOBODY;
  if (!number.startsWith("+44")) return "Enter a UK number.";
  return number.length < SHORTEST_UK.length ? NOBODY : undefined;
}

/** Names that no public resolver answers: reserved by the IETF, kept from use by ICANN, or used inside companies alone. */
const PRIVATE_HOST =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|lan|home|corp|mail|test|invalid|arpa|onion|alt)$/;
const LABEL = /^(?!-).{1,63}(?<!-)$/;

/** The address as it is stored and sent; `problem` where it cannot be a portal. */
export function readPortal(typed: string): { readonly url: string } | { readonly problem: string } {
  const given = typed.trim();
  if (given === "") return { url: "" };
  if (given.length > MAX_PORTAL) return { problem: `At most ${MAX_PORTAL} characters.` };
  if (!/^https:\/\//i.test(given)) return { problem: "Begin the address with https://" };
  const parsed = URL.canParse(given) && !/[\s\p{Cc}]/u.test(given) ? new URL(given) : undefined;
  if (!parsed) return { problem: "This is no web address: check it." };
  if (parsed.username !== "" || parsed.password !== "")
    return { problem: "Leave out the name and password: customers read this address." };
  const host = parsed.hostname.replace(/\.$/, "");
  if (/^[\d.]+$/.test(host) || host.startsWith("["))
    return { problem: "Use your website’s name, not a number." };
  if (host.length > 253 || host.split(".").some((label) => !LABEL.test(label)))
    return { problem: "This is no web address: check it." };
  if (!host.includes(".") || PRIVATE_HOST.test(host))
    return { problem: "Customers cannot reach this address: use your public website." };
  const { href } = parsed;
  const url = parsed.pathname === "/" && parsed.search + parsed.hash === "" ? href.slice(0, -1) : href;
  return url.length > MAX_PORTAL ? { problem: `At most ${MAX_PORTAL} characters.` } : { url };
}

/** As `readPortal`, for the form. */
export function checkPortal(typed: string): Problem {
  const read = readPortal(typed);
  return "problem" in read ? read.problem : undefined;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** One day's hours, by themselves. */
function checkDay(hours: DayHours): Problem {
  if (typeof hours === "string") return undefined;
  const [first, second] = hours;
  if (!first) return "Enter when it opens and closes, or choose Closed.";
  if (hours.length > 2) return "Enter at most two times a day.";
  if (hours.some(({ from, to }) => !TIME.test(from) || !TIME.test(to)))
    return "Enter both times, such as 08:00 and 17:30.";
  if (hours.some(({ from, to }) => from === to))
    return "Choose a closing time other than the opening time, or 24 hours.";
  if (second && startOf(second) <= minutesOf(first).to)
    return "Choose a second time that begins after the first has ended.";
  return undefined;
}

const startOf = (span: OpenSpan): number => minutesOf(span).from;

/** By weekday, what is wrong with its hours; a day that goes on past midnight ends before the next one begins. */
export function checkWeek(week: WeekHours): Partial<Record<Weekday, string>> {
  const problems: Partial<Record<Weekday, string>> = {};
  for (const [nth, weekday] of WEEK.entries()) {
    const problem = checkDay(week[weekday]) ?? checkNight(week, nth);
    if (problem !== undefined) problems[weekday] = problem;
  }
  return problems;
}

function checkNight(week: WeekHours, nth: number): Problem {
  const before = week[WEEK[(nth + 6) % 7] ?? "mon"];
  const hours = week[WEEK[nth] ?? "mon"];
  const late = typeof before === "string" ? undefined : before.at(-1);
  if (!late || checkDay(before) !== undefined || hours === "closed") return undefined;
  const goesOnTo = minutesOf(late).to - DAY_MINUTES;
  const begins = hours === "24h" ? 0 : hours[0] && startOf(hours[0]);
  return goesOnTo > 0 && begins !== undefined && begins < goesOnTo
    ? `The day before goes on until ${late.to}: begin after that.`
    : undefined;
}

/** A closure, which part of it is wrong and why. `today` is a London date. */
export function checkClosure(
  { from, to, name }: Closure,
  today: string,
): { readonly part: "from" | "to" | "name"; readonly problem: string } | undefined {
  if (!isDay(from)) return { part: "from", problem: "Enter the first day." };
  if (!isDay(to)) return { part: "to", problem: "Enter the last day." };
  if (to < from) return { part: "to", problem: "Choose a last day that is not before the first." };
  if (daysBetween(from, to) > MAX_CLOSED_DAYS)
    return { part: "to", problem: "Choose a last day within a year of the first." };
  if (from > plusDays(today, FURTHEST_DAYS))
    return { part: "from", problem: "Choose a first day within two years." };
  return name.trim().length > MAX_CLOSURE_NAME
    ? { part: "name", problem: `At most ${MAX_CLOSURE_NAME} characters.` }
    : undefined;
}

/** One of a garage's services, and those before it in the list. */
export function checkService(service: string, earlier: readonly string[]): Problem {
  if (!isVisible(service)) return "Enter the service, or remove it.";
  if (service.trim().length > MAX_SERVICE) return `At most ${MAX_SERVICE} characters.`;
  const plain = (text: string) =>
    text
      .normalize("NFKC")
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      .trim()
      .replace(/\s+/g, " ")
      .toLowerCase();
  return earlier.some((one) => plain(one) === plain(service))
    ? "This is in the list already: enter another service, or remove it."
    : undefined;
}
