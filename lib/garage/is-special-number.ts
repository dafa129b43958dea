import { type NumberType, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Kinds that cost extra, lead to many people, or belong to no phone that receives messages. */
const SPECIAL: ReadonlySet<NumberType> = new Set([
  "PREMIUM_RATE",
  "SHARED_COST",
  "PERSONAL_NUMBER",
  "UAN",
  "PAGER",
  "VOICEMAIL",
] as const);

/**
 * Whether an E.164 number is of such a kind. Only for the server: telling the kinds apart needs the library's whole tables,
 * which are too large for a browser. A number that no table knows is an ordinary one.
 */
export const isSpecialNumber = (e164: string): boolean =>
  SPECIAL.has(parsePhoneNumberFromString(e164)?.getType());
