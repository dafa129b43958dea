import { v5 } from "uuid";

const NAMESPACE = "7a1c64e0-5d0b-4d52-9c3e-b2f1d0a86f11";

/** The same id for the same name on every machine, so that a second run finds what the first one made. */
export const demoId = (name: string): string => v5(name, NAMESPACE);

/** A number generator that gives the same sequence for the same text: `next(n)` is an integer from 0 to n - 1. */
export function seededRandom(text: string): (below: number) => number {
  let state = 2_166_136_261;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
