/** The longest that an assistant of ours stays on a call, seconds; the provider then ends it. */
export const MAX_CALL_SECONDS = 900;
/** Longer than a call rings. */
const RINGING_SECONDS = 120;
/** From its ringing to its end. */
export const LONGEST_CALL_MS = (MAX_CALL_SECONDS + RINGING_SECONDS) * 1_000;

/** How a call stands. `end-unknown`: the provider never told its end, and no call lasts so long. */
export type CallStanding = "ringing" | "in-progress" | "forwarding" | "ended" | "end-unknown";

/** A call as it stands at this moment, from its stored status and when it began (or rang). */
export function standingOf(
  status: Exclude<CallStanding, "end-unknown">,
  startedAt: Date,
  now: Date,
): CallStanding {
  const isOver = now.getTime() - startedAt.getTime() > LONGEST_CALL_MS;
  return status !== "ended" && isOver ? "end-unknown" : status;
}
