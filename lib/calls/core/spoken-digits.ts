const DIGIT: Readonly<Record<string, string>> = {
  zero: "0",
  oh: "0",
  o: "0",
  nought: "0",
  naught: "0",
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
const ZEROS: Readonly<Record<string, string>> = { hundred: "00", thousand: "000" };
const TIMES: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3 };
const TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** Words people put between the digits of one number. */
const FILLER = new Set(["and", "then", "um", "uh", "er", "erm", "dash", "hyphen", "space"]);

/** The shortest run of digits that may be a telephone number, and the longest. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;
const WHOLE_NUMBER = 10;

/**
 * The telephone numbers said in a text, in figures ("0113 496 0123"), in words ("oh one one three, double four") or
 * mixed, as digits with a leading plus where it was said. The last is the one a caller corrected themselves to.
 */
export function spokenNumbers(text: string): string[] {
  const tokens = text.toLowerCase().match(/\+|\d+|[a-z']+|[.!?;:]/g) ?? [];
  const runs: string[] = [];
  let run = "";
  let repeat = 1;
  const close = (): void => {
    const digits = run.replace("+", "");
    if (digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS) runs.push(run);
    run = "";
  };
  for (const [index, token] of tokens.entries()) {
    const digits = digitsOf(token, tokens[index + 1]);
    if (digits !== undefined) run += digits.length === 1 ? digits.repeat(repeat) : digits;
    else if (run !== "" && Object.hasOwn(ZEROS, token)) run += ZEROS[token];
    else if (token === "+" || token === "plus") {
      close();
      run = "+";
    } else if (!Object.hasOwn(TIMES, token) && !FILLER.has(token) && !isPause(token, run)) close();
    repeat = (Object.hasOwn(TIMES, token) && TIMES[token]) || 1;
  }
  close();
  return runs;
}

function digitsOf(token: string, next: string | undefined): string | undefined {
  if (/^\d+$/.test(token)) return token;
  if (Object.hasOwn(DIGIT, token)) return DIGIT[token];
  const teen = TEENS.indexOf(token);
  if (teen >= 0) return String(10 + teen);
  const ten = TENS.indexOf(token);
  if (ten < 0) return undefined;
  const unit = next === undefined ? undefined : DIGIT[next];
  return unit === undefined || unit === "0" ? String((ten + 2) * 10) : String(ten + 2);
}

/** A full stop that the transcriber put between the groups of a number ("0113. 496."), not after a whole one. */
const isPause = (token: string, run: string): boolean => token === "." && run.length < WHOLE_NUMBER;
