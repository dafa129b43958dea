import { isSpecialNumber } from "./is-special-number";
import { isUkMobile } from "./uk-number";

/**
 * Why a member may not be the first to write to an E.164 number; undefined where they may. `own` are the garage's numbers.
 * Whoever has written to the garage is answered wherever they are. Only for the server, as `isSpecialNumber` is.
 */
export function notWrittenFirst(
  e164: string,
  own: ReadonlySet<string>,
): "special" | "own" | "no-uk-mobile" | undefined {
  if (isSpecialNumber(e164)) return "special";
  if (own.has(e164)) return "own";
  return isUkMobile(e164) ? undefined : "no-uk-mobile";
}
