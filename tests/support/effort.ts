/** `npm run test:long` sets it: how much longer than usual the property and kill tests look. Read here alone. */
const EFFORT = Number(process.env.TEST_EFFORT ?? "1");

/** Whether there is time for the cases that the usual run leaves out. */
export const LOOKS_LONGER = EFFORT > 1;

/** How many random histories, or repetitions, instead of so many. */
export const runs = (usual: number): number => usual * EFFORT;

/** The usual run plays the same histories each time, so that what must have happened in them has; a longer one others. */
export const REPEATABLE = LOOKS_LONGER ? {} : { seed: 20_271_031 };

/** How long a random history may be instead of so long. */
export const longest = (usual: number): number => Math.round(usual * Math.sqrt(EFFORT));

/** What such a test may take in milliseconds. */
export const patience = (usualMs: number): number => usualMs * EFFORT ** 1.5;

/** How long random histories of the slower tests become, up to their longest. */
export const size = LOOKS_LONGER ? "max" : "small";

/**
 * The cases for one of two ways to recover. The usual run goes through every third case, by the one way or by the other in
 * turn, the last case among them; a longer one through all of them by both, more often.
 */
export const byTurns = <T>(way: 0 | 1, cases: readonly T[]): T[] =>
  LOOKS_LONGER
    ? Array.from({ length: runs(1) }, () => cases).flat()
    : cases.filter((_, index) => (cases.length - 1 - index) % 6 === 3 * way);
