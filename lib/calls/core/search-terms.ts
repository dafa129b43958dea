import { MAX_SEARCH, numberForms } from "@/lib/inbox/core/search-forms";

/** What somebody typed to find a call, as PostgreSQL's text search asks for it. */
export type SearchTerms = {
  /** Words for `to_tsquery`, each as a beginning and quoted, so that they may be folded there; null where none was typed. */
  readonly words: string | null;
  /** Lexemes of numbers, as `call_words` writes them; null where what was typed is no part of a number. */
  readonly number: string | null;
};

const MAX_WORDS = 8;
/** A registration in one piece, or in two: transcripts and people write either. */
const PLATE = /^([a-z]{2}\d{2})([a-z]{3})$/;
const PLATE_FIRST = /^[a-z]{2}\d{2}$/;
const PLATE_SECOND = /^[a-z]{1,3}$/;

/** Undefined where nothing was typed that could be looked for. */
export function searchTerms(typed: string): SearchTerms | undefined {
  const text = typed.slice(0, MAX_SEARCH).normalize("NFC").toLowerCase();
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)]
    .slice(0, MAX_WORDS)
    .map(([word]) => word);
  if (words.length === 0) return undefined;
  return { words: termsOf(words).join(" & "), number: numberTerm(text) };
}

function termsOf([word, next, ...others]: readonly string[]): string[] {
  if (word === undefined) return [];
  if (next === undefined) return [wordTerm(word)];
  if (PLATE_FIRST.test(word) && PLATE_SECOND.test(next)) return [plateTerm(word, next), ...termsOf(others)];
  return [wordTerm(word), ...termsOf([next, ...others])];
}

const plateTerm = (first: string, second: string): string =>
  `('${first}${second}':* | ('${first}' & '${second}':*))`;

function wordTerm(word: string): string {
  const [, first, second] = PLATE.exec(word) ?? [];
  return first === undefined || second === undefined ? `'${word}':*` : plateTerm(first, second);
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
