import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { AppError } from "@/lib/shared/errors";
import { processWide } from "@/lib/shared/process-wide";

/**
 * Only so many characters are judged: a guesser tries the beginning first, and judging a long password would delay
 * calls.
 */
const ESTIMATED_LENGTH = 24;

/** On zxcvbn's scale from 0 to 4: more than 10^8 guesses. */
const SAFE_SCORE = 3;

async function createEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  const { "commonWords-en": words, "firstnames-en": names } = english.dictionary;
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, words, names },
    graphs: common.adjacencyGraphs,
  });
}

const passwordEstimator = processWide("password-estimator", createEstimator);

/** A name or an address, its words, and the words written together. */
function partsOf(text: string): string[] {
  const words = text.split(/[\s@.]+/).filter(Boolean);
  const together = words.map((_, start) => words.slice(start).join(""));
  return [text, ...words, ...together, words.slice(0, 2).join("")];
}

/**
 * Throws invalid_input for a password that is guessed early: a common one, a pattern, or what is known of its owner
 * (`personal`: names and addresses). The dictionaries are read when the first password is chosen.
 */
export async function refuseGuessable(password: string, personal: readonly string[]): Promise<void> {
  const estimator = await passwordEstimator();
  const known = ["torqueflow", ...personal.flatMap(partsOf)];
  const { score } = estimator.check(password.slice(0, ESTIMATED_LENGTH), known);
  if (score < SAFE_SCORE)
    throw new AppError(
      "invalid_input",
      "This password is easy to guess. Use three or four words that do not belong together.",
      { field: "password" },
    );
}
