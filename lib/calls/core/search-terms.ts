import { MAX_SEARCH, numberForms } from "@/lib/inbox/core/search-forms";

/** What somebody typed to find a call, as PostgreSQL's text search asks for it. */
export type SearchTerms = {
  /** Words for `to_tsquery`, each as a beginning; null where none was typed. */
  readonly words: string | null;
  /** Lexemes of numbers, as `call_words` writes them; null where what was typed is no part of a number. */
  readonly number: string | null;
};

const MAX_WORDS = 8;
/** A registration typed in one piece, which transcripts write in two: FD13KWM. */
const PLATE = /^([a-z]{2}\d{2})([a-z]{3})$/;

/** Undefined where nothing was typed that could be looked for. */
export function searchTerms(typed: string): SearchTerms | undefined {
  const text = typed.slice(0, MAX_SEARCH).normalize("NFC").toLowerCase();
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MAX_WORDS).map(([word]) => wordTerm(word));
  if (words.length === 0) return undefined;
  return { words: words.join(" & "), number: numberTerm(text) };
}

function wordTerm(word: string): string {
  const [, first, second] = PLATE.exec(word) ?? [];
  return first === undefined ? `${word}:*` : `(${word}:* | (${first} & ${second}:*))`;
}

/** The beginning of a number with or without its country's code, or its last digits, as `call_words` writes them. */
function numberTerm(text: string): string | null {
  const forms = numberForms(text);
  if (!forms) return null;
  const { beginnings, endReversed } = forms;
  const lexemes = [
    ...beginnings.map((beginning) => `n${beginning.slice(1)}`),
    ...(endReversed ? [`r${endReversed}`] : []),
  ];
  return lexemes.map((lexeme) => `${lexeme}:*`).join(" | ");
}
