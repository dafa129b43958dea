/** What somebody typed to find a call, as PostgreSQL's text search asks for it. */
export type SearchTerms = {
  /** Words for `to_tsquery`, each as a beginning; null where none was typed. */
  readonly words: string | null;
  /** Lexemes of numbers, as `call_words` writes them; null where what was typed is no part of a number. */
  readonly number: string | null;
};

const MAX_TYPED = 200;
const MAX_WORDS = 8;
/** Fewer digits are part of too many numbers. */
const MIN_DIGITS = 3;
const MAX_DIGITS = 15;
const HOME_CODE = "44";
/** A registration typed in one piece, which transcripts write in two: FD13KWM. */
const PLATE = /^([a-z]{2}\d{2})([a-z]{3})$/;

/** Undefined where nothing was typed that could be looked for. */
export function searchTerms(typed: string): SearchTerms | undefined {
  const text = typed.slice(0, MAX_TYPED).normalize("NFC").toLowerCase();
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MAX_WORDS).map(([word]) => wordTerm(word));
  if (words.length === 0) return undefined;
  return { words: words.join(" & "), number: numberTerm(text) };
}

function wordTerm(word: string): string {
  const [, first, second] = PLATE.exec(word) ?? [];
  return first === undefined ? `${word}:*` : `(${word}:* | (${first} & ${second}:*))`;
}

/** The beginning of a number with or without its country's code, or its last digits. */
function numberTerm(text: string): string | null {
  const trimmed = text.trim().replace("(0)", "");
  if (!/^\+?[\d\s().\-/]+$/.test(trimmed)) return null;
  const digits = trimmed.replace(/\D/g, "").slice(0, MAX_DIGITS);
  if (digits.length < MIN_DIGITS) return null;
  const international = digits.startsWith("00")
    ? digits.slice(2)
    : digits.startsWith("0")
      ? `${HOME_CODE}${digits.slice(1)}`
      : digits;
  const ending = [...digits.replace(/^0+/, "")].reverse().join("");
  return [`n${international}:*`, ...(ending === "" ? [] : [`r${ending}:*`])].join(" | ");
}
