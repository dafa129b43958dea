/** `npm run test:long` sets it: how much longer than usual the property and kill tests look. Read here alone. */
const EFFORT = Number(process.env.TEST_EFFORT ?? "1");

/** How many random histories, or repetitions, instead of so many. */
export const runs = (usual: number): number => usual * EFFORT;

/** How long a random history may be instead of so long. */
export const longest = (usual: number): number => Math.round(usual * Math.sqrt(EFFORT));

/** What such a test may take in milliseconds. */
export const patience = (usualMs: number): number => usualMs * EFFORT ** 1.5;

/** How long random histories of the slower tests become, up to their longest. */
export const size = EFFORT > 1 ? "max" : "small";

/** Cases that are gone through once, or more often. */
export const repeated = <T>(cases: readonly T[]): T[] => Array.from({ length: runs(1) }, () => cases).flat();
