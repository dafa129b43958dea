/** What a caller said about themselves, as far as plain patterns tell. */
export interface CallerWords {
  name: string | undefined;
  number: string | undefined;
  reason: string | undefined;
}

const NAME =
  /\b(?:[Mm]y name(?: is|'s)|[Tt]his is|[Ii]t(?: is|'s)|I(?: am|'m)|[Nn]ame:?)\s+(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)?)/u;
/** What begins another sentence, though nothing that was heard marks it, is no surname. */
const NO_SURNAME =
  /^(?:Thanks?|Can|Could|Would|Will|My|Please|And|But|Hello|Hi|Yes|No|Is|It|The|What|When|How|You|Your)\b|^I(?:['’]|$)/;

/** The name in one turn: two turns never make one. */
function nameIn(turns: readonly string[]): string | undefined {
  const found = turns
    .map((turn) => NAME.exec(turn.replaceAll("’", "'"))?.[1])
    .find((name) => name !== undefined);
  const [first, second] = found?.split(/\s+/) ?? [];
  return second !== undefined && NO_SURNAME.test(second) ? first : found;
}

const DIGITS = /(\+?\d[\d\s()-]{6,}\d)/;
const SPOKEN: Readonly<Record<string, string>> = {
  zero: "0",
  oh: "0",
  nought: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
};
const MIN_SPOKEN_DIGITS = 6;

/** "oh double seven hundred" is beyond it; digits and single spoken digits, also doubled, are not. */
function numberIn(text: string): string | undefined {
  const written = DIGITS.exec(text)?.[1]?.replace(/[^\d+]/g, "");
  if (written) return written;
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  let digits = "";
  let times = 1;
  for (const word of words) {
    const digit = SPOKEN[word];
    if (word === "double") times = 2;
    else if (word === "treble" || word === "triple") times = 3;
    else if (digit !== undefined) {
      digits += digit.repeat(times);
      times = 1;
    }
  }
  return digits.length >= MIN_SPOKEN_DIGITS ? digits : undefined;
}

/** The last sentence that is neither a name nor a number is why they call. */
function reasonIn(turns: readonly string[]): string | undefined {
  const sentences = turns
    .flatMap((turn) => turn.split(/(?<=[.!?])\s+/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.split(/\s+/).length >= 3)
    .filter(
      (sentence) =>
        !NAME.test(sentence) && !DIGITS.test(sentence) && !/\b(this number|bye)\b/i.test(sentence),
    );
  const reasons = sentences.filter((sentence) => !/\b(call|ring) me\b/i.test(sentence));
  return (reasons.at(-1) ?? sentences.at(-1))?.replace(/[.!]+$/, "");
}

export function callerWords(turns: readonly string[], callingFrom: string | undefined): CallerWords {
  const all = turns.join(" ").replaceAll("’", "'");
  const sameNumber = /\b(this|same) number\b|number i('m| am) calling/i.test(all) ? callingFrom : undefined;
  return { name: nameIn(turns), number: numberIn(all) ?? sameNumber, reason: reasonIn(turns) };
}
