import { cleanText } from "./clean-json";

/** What turns the reading direction of the text around it: marks, embeddings, overrides and isolates. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Leaves no ink on a screen: spaces, controls, what Unicode lets fonts ignore, and blanks that count as symbols. */
const BLANK = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB\u{1D159}]/gu;

const SPACES = /[\p{White_Space}\p{Cc}]+/gu;

/** Whether somebody who looks at this text sees anything. */
export const isVisible = (text: string): boolean => text.replace(BLANK, "") !== "";

/**
 * A name or a title as it may stand in a line, storable: direction marks removed, white space and controls folded into single
 * spaces. Undefined where nothing would be seen, so that a number or an address can stand in its place.
 */
export function visibleName(text: string): string | undefined {
  if (!isVisible(text)) return undefined;
  return cleanText(text.replace(DIRECTION, "").replace(SPACES, " ")).trim();
}

/** What somebody wrote, storable and without blanks around it. Undefined where nothing would be seen. */
export const visibleText = (text: string): string | undefined =>
  isVisible(text) ? cleanText(text).trim() : undefined;

/** What no reader sees; between the parts of an address it must not hide them from these rules. */
const HIDDEN = "[\\p{Default_Ignorable_Code_Point}]*";

/** Every sign that a mail program or a browser may read as the dot of a host name. */
const DOT = "[.\u2024\u3002\uFE52\uFF0E\uFF61]";

/** The start of an address with its scheme: `https://`, `mailto:`. A time such as 9:30 is none. */
const SCHEME = /[\uFF0F/]{2,}|(?<=\p{L})[:\uFF1A](?=\S)/gu;

/** A dot within a host name: what follows it has two letters at least, as every top-level domain has. `A.B.` has not. */
const HOST_DOT = new RegExp(`(?<=\\S)${HIDDEN}${DOT}${HIDDEN}(?=\\p{L}[\\p{M}\\p{L}\\p{N}-])`, "gu");

/** Four numbers with dots: the address of a machine. */
const MACHINE = new RegExp(`\\d+(?:${HIDDEN}${DOT}${HIDDEN}\\d+){3,}`, "gu");

/**
 * A name in which nothing is left that mail programs turn into a link: the signs that make an address of it become spaces. Real
 * names ("St. John’s Garage", "A.B. Motors", "Open 24.7") stay as they are.
 */
export const withoutLinks = (name: string): string =>
  name
    .replace(MACHINE, (numbers) => numbers.replace(/\D+/gu, " "))
    .replace(HOST_DOT, " ")
    .replace(SCHEME, " ");
