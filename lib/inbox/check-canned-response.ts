import { AppError } from "@/lib/shared/errors";

export const MAX_SHORTCUT = 32;
/** What an SMS takes: whichever channel it is used on, it fits. */
export const MAX_CANNED_RESPONSE = 1_600;

export type CannedResponseInput = { readonly shortcut: string; readonly body: string };

/** What the composer fills in from the conversation. */
const PLACEHOLDERS = /\{(?:firstName|garage|vehicle)\}/g;
/** What is left in braces, or a brace by itself. */
const BRACES = /\{[^{}]{0,40}\}?|\}/;

const SHORTCUT = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * A canned response as it is kept: its shortcut in small letters, without the slash. Throws invalid_input, with the field, for
 * a shortcut that cannot be typed, and for a placeholder that nothing fills in: customers would read it.
 */
export function checkCannedResponse(input: CannedResponseInput): CannedResponseInput {
  const shortcut = input.shortcut.trim().replace(/^\//, "").toLowerCase();
  const body = input.body.trim();
  if (shortcut.length > MAX_SHORTCUT || !SHORTCUT.test(shortcut))
    refuse("shortcut", "Use letters, digits and single hyphens, such as opening-hours.");
  if (body === "") refuse("body", "Write what the shortcut stands for.");
  if (body.length > MAX_CANNED_RESPONSE) refuse("body", "This is too long to send.");
  // A mark in place of each, so that what stood around one does not close up to another: "{{firstName}}" keeps its outer pair.
  const [left] = BRACES.exec(body.replace(PLACEHOLDERS, "…")) ?? [];
  if (left !== undefined)
    refuse("body", `Customers would read “${left}”: use {firstName}, {garage} or {vehicle}, or no braces.`);
  return { shortcut, body };
}

function refuse(field: keyof CannedResponseInput, message: string): never {
  throw new AppError("invalid_input", message, { field });
}
