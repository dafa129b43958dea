/** What people search for, beside words. */
export type NumberForms = {
  /** How an E.164 number may begin. */
  readonly beginnings: readonly string[];
  /** How it may end, last digit first: numbers are kept in that order for this. */
  readonly endReversed: string | null;
};

/** Longer is no search: what is beyond is left out. */
export const MAX_SEARCH = 200;
const FEWEST_DIGITS = 3;
const MOST_DIGITS = 15;
const HOME_CODE = "+44";

/**
 * Digits as people write a number: `07700 900123`, `+44 (0)7700`, `0044 7700`, or its last digits; undefined where the
 * text is no number.
 */
export function numberForms(text: string): NumberForms | undefined {
  if (!/^[\d\s()+./-]+$/.test(text)) return undefined;
  const typed = text.replace(/\(0\)/g, "").replace(/[^\d+]/g, "");
  const digits = typed.replace(/\D/g, "");
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return undefined;
  if (typed.startsWith("+")) return { beginnings: [`+${digits}`], endReversed: null };
  return {
    beginnings: beginningsOf(digits),
    endReversed: [...digits].reverse().join(""),
  };
}

function beginningsOf(digits: string): string[] {
  if (digits.startsWith("00")) return [`+${digits.slice(2)}`];
  if (digits.startsWith("0")) return [HOME_CODE + digits.slice(1)];
  return [`+${digits}`];
}

/** A registration, or the beginning of one, upper case and without spaces; undefined where the text is none. */
export function registrationForm(text: string): string | undefined {
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  return /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{3,8}$/.test(plain) ? plain : undefined;
}
