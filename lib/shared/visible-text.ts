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
