import { parsePhoneNumberFromString } from "libphonenumber-js/max";

// Which numbers we ring, or write to first, for a member: it costs us, so it stays where we know the price. Only for the server,
// as `isSpecialNumber` is.

/** Areas of Jersey, Guernsey and the Isle of Man. They share +44, and are charged as abroad. */
const ISLAND_AREA = /^\+44(1481|1534|1624)/;
/** Reserved for drama and tests; no table has them. */
const DRAMA_MOBILE = /^\+447700900\d{3}$/;

/** Whether an E.164 number is of the United Kingdom itself. One that no table knows counts by its area. */
export function isUkNumber(e164: string): boolean {
  if (!e164.startsWith("+44") || ISLAND_AREA.test(e164)) return false;
  return (parsePhoneNumberFromString(e164)?.country ?? "GB") === "GB";
}

/** Whether an E.164 number is a mobile of the United Kingdom itself. */
export const isUkMobile = (e164: string): boolean =>
  DRAMA_MOBILE.test(e164) || (isUkNumber(e164) && parsePhoneNumberFromString(e164)?.getType() === "MOBILE");
