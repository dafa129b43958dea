import type { InteractionStart } from "@/lib/credits/interaction";
import { processWide } from "@/lib/shared/process-wide";

/** A repeated request comes within seconds; one process is not expected to answer more calls than this meanwhile. */
const MAX_KEPT = 5_000;

const kept = processWide("voice-recent-starts", () => new Map<string, InteractionStart>());

/** The start this process gave the call, so that a repeat is answered alike while the database is away. */
export const recentStart = (orgId: string, callId: string): InteractionStart | undefined =>
  kept().get(`${orgId}:${callId}`);

/** Keeps the first start of two decided at once, and returns it. */
export function keepStart(orgId: string, callId: string, start: InteractionStart): InteractionStart {
  const key = `${orgId}:${callId}`;
  const starts = kept();
  const first = starts.get(key) ?? start;
  starts.set(key, first);
  if (starts.size > MAX_KEPT)
    for (const oldest of [...starts.keys()].slice(0, MAX_KEPT / 10)) starts.delete(oldest);
  return first;
}
