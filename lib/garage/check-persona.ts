import { isVisible } from "@/lib/shared/visible-text";
import type { Problem } from "./check-garage";

// What a garage may tell its assistant, checked alike in the form and on the server.

export const MAX_ASSISTANT_NAME = 30;
export const MAX_GREETING = 300;
export const MAX_INSTRUCTIONS = 4_000;

/** What the provider ends a call at, wherever the assistant says it. */
export const END_OF_CALL = "have a great day, goodbye";

/** Letters and digits alone: neither blanks, marks nor punctuation between them make other words when they are spoken. */
const asSpoken = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** Who the assistant says it is. */
export function checkAssistantName(name: string): Problem {
  if (!isVisible(name)) return "Enter the assistant’s name.";
  return name.trim().length > MAX_ASSISTANT_NAME ? `At most ${MAX_ASSISTANT_NAME} characters.` : undefined;
}

/** What callers hear first. */
export function checkGreeting(greeting: string): Problem {
  if (!isVisible(greeting)) return "Enter what callers hear first.";
  if (greeting.trim().length > MAX_GREETING) return `At most ${MAX_GREETING} characters.`;
  return asSpoken(greeting).includes(asSpoken(END_OF_CALL))
    ? "These words end a call: leave “Have a great day, goodbye” out of the greeting."
    : undefined;
}

/** What the AI is told, beside what the garage says of itself. */
export function checkInstructions(instructions: string): Problem {
  if (!isVisible(instructions)) return "Enter how the assistant is to behave.";
  return instructions.trim().length > MAX_INSTRUCTIONS
    ? `At most ${MAX_INSTRUCTIONS.toLocaleString("en-GB")} characters.`
    : undefined;
}
