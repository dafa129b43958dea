export type BayRange = { readonly minBays: number; readonly maxBays: number };

/** What was typed as a number of bays: "4", " 4 bays ", "4.0". Undefined where it is no whole number within the range. */
export function readBays(text: string, { minBays, maxBays }: BayRange): number | undefined {
  const digits = /^(\d+)(?:\.0*)?(?:\s*bays?)?$/i.exec(text.trim())?.[1];
  const bays = Number(digits);
  return digits !== undefined && bays >= minBays && bays <= maxBays ? bays : undefined;
}

/** One more or one fewer than what was typed, within the range. */
export function stepBays(text: string, by: 1 | -1, { minBays, maxBays }: BayRange): number {
  const typed = Number.parseInt(text, 10);
  return Math.min(Math.max(Number.isNaN(typed) ? minBays : typed + by, minBays), maxBays);
}
