const MOST_STEPS = 4;

/**
 * The figures of an axis from 0 to at least `most`, in whole steps of 1, 2 or 5 times a power of ten. All steps are equal,
 * the last one too.
 */
export function axisFigures(most: number): number[] {
  let power = 1;
  for (;;) {
    for (const digit of [1, 2, 5]) {
      const step = digit * power;
      const steps = Math.max(1, Math.ceil(most / step));
      if (steps <= MOST_STEPS) return Array.from({ length: steps + 1 }, (_, nth) => nth * step);
    }
    power *= 10;
  }
}
