import { randomInt } from "node:crypto";

const CODES = 10;
const HALF = 5;

/** Without letters and digits that look like others. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

const half = (): string => Array.from({ length: HALF }, () => LETTERS[randomInt(LETTERS.length)]).join("");

/** Ten codes such as "k7mqx-2tfhw", about 49 bits each. */
export const newRecoveryCodes = (): string[] => Array.from({ length: CODES }, () => `${half()}-${half()}`);

/** A recovery code as it is stored, however it was typed. */
export function writtenAsStored(typed: string): string {
  const letters = typed.toLowerCase().replace(/[^a-z\d]/g, "");
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
}
