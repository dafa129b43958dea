import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";
import { processWide } from "./process-wide";

export type { CountryCode };

const HOME: CountryCode = "GB";
const MIN_DIGITS = 7;
const MAX_LENGTH = 40;

/** What telephony providers send for a withheld number: the word on a keypad (ANONYMOUS, RESTRICTED, BLOCKED …). */
const WITHHELD = new Set(["+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"]);

/** Each message about a call brings the same two numbers, and reading one takes as long as all the rest of the message. */
const MAX_KNOWN = 2_000;
const known = processWide("international-numbers", () => new Map<string, string | undefined>());

/**
 * A number as E.164, or undefined where nobody could dial it: withheld, a short code, a word, the wrong length.
 * Numbers reserved for drama and tests count as dialable. Without a country code each of `countries` is tried, and a
 * number that is assigned there wins over one that only has the right length.
 */
export function toE164(
  text: string | undefined,
  countries: readonly (CountryCode | undefined)[] = [],
): string | undefined {
  if (!text || text.length > MAX_LENGTH || text.replace(/\D/g, "").length < MIN_DIGITS) return undefined;
  const given = text.trim();
  if (!isInternational(given)) return readAs(given, [...countries, HOME]);
  const read = known();
  if (!read.has(given)) {
    if (read.size >= MAX_KNOWN) read.clear();
    read.set(given, readAs(given, [HOME]));
  }
  return read.get(given);
}

function readAs(given: string, countries: readonly (CountryCode | undefined)[]): string | undefined {
  const tried = new Set(countries.map((country) => country ?? HOME));
  const readings = [...tried].flatMap((country) => {
    const parsed = parsePhoneNumberFromString(given, country);
    return parsed?.isPossible() && !WITHHELD.has(parsed.number) ? [parsed] : [];
  });
  const [first, ...others] = readings;
  return (others.length === 0 ? first : (readings.find((reading) => reading.isValid()) ?? first))?.number;
}

/** Whether a number brings its country's code, so that it reads alike everywhere. */
export const isInternational = (text: string): boolean => text.startsWith("+");

/** The country of an E.164 number, to read other numbers by. */
export const countryOf = (e164: string | undefined): CountryCode | undefined =>
  e164 === undefined ? undefined : parsePhoneNumberFromString(e164)?.country;

/**
 * A UK number as customers read it: spaces folded, and set in groups where it was typed without any. Undefined where nobody
 * could dial it.
 */
export function tidyPhone(typed: string): { readonly e164: string; readonly text: string } | undefined {
  const given = typed.trim().replace(/\s+/g, " ");
  const e164 = toE164(given);
  if (e164 === undefined) return undefined;
  const grouped = /[ ()-]/.test(given) ? undefined : parsePhoneNumberFromString(e164)?.formatNational();
  return { e164, text: grouped ?? given };
}
