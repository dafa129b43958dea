import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

export type { CountryCode };

const HOME: CountryCode = "GB";
const MIN_DIGITS = 7;
const MAX_LENGTH = 40;

/** What telephony providers send for a withheld number: the word on a keypad (ANONYMOUS, RESTRICTED, BLOCKED …). */
const WITHHELD = new Set(["+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"]);

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
  const readings = [...countries, HOME].flatMap((country) => {
    const parsed = parsePhoneNumberFromString(given, country ?? HOME);
    return parsed?.isPossible() && !WITHHELD.has(parsed.number) ? [parsed] : [];
  });
  return (readings.find((reading) => reading.isValid()) ?? readings[0])?.number;
}

/** The country of an E.164 number, to read other numbers by. */
export const countryOf = (e164: string | undefined): CountryCode | undefined =>
  e164 === undefined ? undefined : parsePhoneNumberFromString(e164)?.country;
