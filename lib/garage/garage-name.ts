import { visibleName } from "@/lib/shared/visible-text";

// Apart from `check-garage.ts`: the sign-up page loads none of its calendar and numbering plan.

export const MAX_GARAGE_NAME = 60;

/**
 * What is wrong, in words for the owner, with the name that customers read and hear, at sign-up as in the settings.
 * `stored`: what the garage is called now, which stays good however long it is.
 */
export function checkGarageName(typed: string, stored = ""): string | undefined {
  const name = visibleName(typed);
  if (name === undefined) return "Enter your garage’s name";
  const isTooLong = name.length > MAX_GARAGE_NAME && name !== visibleName(stored);
  return isTooLong ? `Use at most ${MAX_GARAGE_NAME} characters` : undefined;
}
