/** `yes` is an opt-in only from somebody who has opted out; from anybody else it is an answer. */
export type ConsentWord = "opt_out" | "opt_in" | "yes";

/** HELP and INFO are no words of consent. Source: Twilio, "Default handling of opt-out keywords" */
const WORDS: ReadonlyMap<string, ConsentWord> = new Map([
  ...["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"].map(
    (word) => [word, "opt_out"] as const,
  ),
  ...["START", "UNSTOP"].map((word) => [word, "opt_in"] as const),
  ["YES", "yes"],
]);

/** Advanced Opt-Out's own verdict, which knows words that we do not. */
const VERDICTS: ReadonlyMap<string, ConsentWord | undefined> = new Map([
  ["STOP", "opt_out"],
  ["START", "opt_in"],
  ["HELP", undefined],
]);

/** What a text means for consent: Twilio's verdict, else the whole body as one of its words ("STOP PLEASE" is none). */
export function readConsent(body: string, optOutType: string | undefined): ConsentWord | undefined {
  const verdict = optOutType?.toUpperCase() ?? "";
  return VERDICTS.has(verdict) ? VERDICTS.get(verdict) : WORDS.get(body.trim().toUpperCase());
}

/** What a word means from somebody who has opted out, or has not. */
export function meaningOf(word: ConsentWord | undefined, optedOut: boolean): "opt_out" | "opt_in" | null {
  if (word === "yes") return optedOut ? "opt_in" : null;
  return word ?? null;
}
