/** Epochs are seconds below this and milliseconds from it on: as seconds it is the year 5138, as milliseconds 1973. */
const MILLISECONDS_FROM = 100_000_000_000;
const EARLIEST = Date.UTC(2000);
const LATEST = Date.UTC(2100);

/**
 * An instant as providers write it: ISO text, or the epoch in seconds or milliseconds, as a number or its text.
 * Undefined for anything else, and for what lies outside this century.
 */
export function readInstant(value: unknown): Date | undefined {
  const number = typeof value === "string" && /^\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
  const at =
    typeof number === "number"
      ? Math.floor(number < MILLISECONDS_FROM ? number * 1_000 : number)
      : typeof number === "string"
        ? Date.parse(number)
        : Number.NaN;
  return at >= EARLIEST && at < LATEST ? new Date(at) : undefined;
}
