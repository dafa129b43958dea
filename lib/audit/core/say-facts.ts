export type ActFacts = Readonly<Record<string, string | number | boolean | null>>;

/** One thing that was changed; null: there was, or is, nothing. */
export type SaidChange = { readonly what: string; readonly from: string | null; readonly to: string | null };

const NAMES: Readonly<Record<string, string>> = {
  phone: "phone number",
  portal: "portal address",
  portalUrl: "portal address",
  hours: "opening hours",
  bays: "number of bays",
  creditsBought: "credits bought at a time",
  booksAppointments: "booking of appointments",
  looksUpRecords: "look-up of work orders",
  mayBook: "booking of appointments",
  mayLookUp: "look-up of work orders",
  assistantName: "assistant’s name",
  twoStep: "two-step verification",
  monthlyLimitPence: "monthly limit",
  pricePence: "price",
  billed: "billing",
  ends: "end",
};

/** "openingHours" reads "opening hours". */
const nameOf = (fact: string): string =>
  NAMES[fact] ??
  fact
    .replace(/Pence$|Microcredits$/, "")
    .replaceAll(/[-_]+/g, " ")
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase();

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
/** Ids, what must stay with support, and what is no fact for people, should anybody ever write it. */
const UNSHOWN = /(^|[a-z])(id|Id|Ids)$|^frozen$|^ownAllowance$|key$|identity$|secret|token|hash|password/i;
const MICROCREDITS = /^(amount|balance|overdraft|allowance)$/;
const STATES: Readonly<Record<string, string>> = { past_due: "past due", canceled: "cancelled" };

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "Europe/London" });
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const LONGEST = 300;

/** Microcredits as they are kept, in whole credits towards zero. */
export function sayCredits(microcredits: ActFacts[string] | undefined): string {
  const amount = BigInt(/^-?\d+$/.test(String(microcredits)) ? String(microcredits) : 0) / 1_000_000n;
  const count = whole.format(amount < 0n ? -amount : amount);
  return `${amount < 0n ? "−" : ""}${count} ${count === "1" ? "credit" : "credits"}`;
}

/** One value in words; null where there is nothing. */
export function sayValue(fact: string, value: ActFacts[string] | undefined): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return value ? "on" : "off";
  if (/Pence$/.test(fact)) return pounds.format(Number(value) / 100);
  if (MICROCREDITS.test(fact)) return sayCredits(value);
  if (typeof value === "number") return whole.format(value);
  if (INSTANT.test(value)) return day.format(new Date(value));
  const said = STATES[value] ?? value;
  return said.length > LONGEST ? `${said.slice(0, LONGEST).trimEnd()}…` : said;
}

/** What differs between two standings, in words, without ids and what is not for people. */
export function sayChanges(before: ActFacts | null, after: ActFacts | null): SaidChange[] {
  const names = Object.keys({ ...before, ...after });
  return names.flatMap((fact) => {
    const [was, is] = [before?.[fact], after?.[fact]];
    if (UNSHOWN.test(fact) || UUID.test(`${was} ${is}`)) return [];
    const [from, to] = [sayValue(fact, was), sayValue(fact, is)];
    return from === to ? [] : [{ what: nameOf(fact), from, to }];
  });
}

/** A subject as people know it; undefined for an id. */
export function saySubject(input: ActFacts | null): string | undefined {
  const subject = input?.subject;
  return typeof subject === "string" && subject !== "" && !UUID.test(subject) ? subject : undefined;
}
