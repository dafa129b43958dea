import { cleanText } from "@/lib/shared/clean-json";
import { visibleName } from "@/lib/shared/visible-text";

const MOST = 120;
const MOST_ENDING = 12;
const OF_TEXT = /\.(txt|csv|log|md)$/i;

/**
 * A file's name as somebody gave it, made harmless: no folders, no characters that a file system or a header gives a
 * meaning, nothing that turns the reading direction, at most 120 characters with its ending kept. Undefined where nothing
 * is left of it.
 */
export function safeFileName(given: string): string | undefined {
  const base = given.split(/[/\\]/).at(-1) ?? "";
  const name = withoutEdges(visibleName(cleanText(base).replace(/[<>:"|?*]/g, "_")) ?? "");
  if (!name) return undefined;
  const characters = Array.from(name);
  if (characters.length <= MOST) return name;
  const dot = characters.lastIndexOf(".");
  const ending = dot > 0 && characters.length - dot <= MOST_ENDING ? characters.slice(dot) : [];
  return [...characters.slice(0, MOST - ending.length), ...ending].join("");
}

/** Without dots and blanks at either end; from the end in a loop, for senders may give a name as long as a message. */
function withoutEdges(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end).replace(/^[.\s]+/, "");
}

/** The name of a file of plain text: one that a device would run or show as a page ("run.bat") ends in `.txt`. */
export const textFileName = (name: string): string => (OF_TEXT.test(name) ? name : `${name}.txt`);
