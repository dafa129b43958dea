/** A message as the brake sees it. `quick`: it followed words of ours within five seconds, as a machine's does. */
export type Brakeable = { readonly body: string; readonly quick: boolean };

/** How far back the brake looks. */
export const BRAKE_MS = 10 * 60_000;
/** Faster than anybody reads and types. */
export const QUICK_MS = 5_000;

const MOST_ALIKE = 6;
const MOST = 15;
const MOST_CANNED = 3;

/**
 * Whether one more answer of the AI's would go on with a loop of two machines: it has dealt with 15 messages in ten minutes
 * with nobody of the team in between, or with 6 that are near-identical to this one or came within seconds.
 */
export function isAiLoop(message: Brakeable, answered: readonly Brakeable[]): boolean {
  if (answered.length >= MOST) return true;
  const gist = gistOf(message.body);
  const isAlike = ({ body }: Brakeable) => gistOf(body) === gist;
  if (!message.quick && !answered.some(isAlike)) return false;
  return answered.filter((one) => one.quick || isAlike(one)).length >= MOST_ALIKE;
}

/** Whether one more canned reply would go on with such a loop: at most three go to one sender in ten minutes. */
export const isCannedLoop = (recentCanned: number): boolean => recentCanned >= MOST_CANNED;

const TIMES_AND_REFERENCES = /\d{1,2}[:.]\d{2}|\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?|\d{4,}/g;

/** What two near-identical texts have in common: their letters and short numbers, without times, dates and references. */
function gistOf(body: string): string {
  const words = body.normalize("NFKC").toLowerCase().replace(TIMES_AND_REFERENCES, "");
  return words.replace(/[^\p{L}\p{N}]/gu, "") || body.trim();
}
