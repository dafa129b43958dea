import { systemContext } from "@/lib/auth/context";
import { gateNow } from "@/lib/credits/gate-now";
import { isHeard } from "@/lib/notify/event-stream";
import { deliverLive, keepForPages } from "@/lib/notify/live";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";

/** What the gate said last of the garages whose pages are open here, and whose account has changed since. */
const known = processWide("answering", () => ({
  answers: new Map<string, string>(),
  changed: new Set<string>(),
  isLooking: false,
}));

/**
 * An account has changed: where the gate says something else than before, the pages of those who work there are told so, who may
 * hear nothing of credits. Garages are looked at one after the other, and only while somebody has such a page open.
 */
export async function followAnswering(orgId: string): Promise<void> {
  const state = known();
  state.changed.add(orgId);
  if (state.isLooking) return;
  state.isLooking = true;
  try {
    for (const next of state.changed) {
      state.changed.delete(next);
      await look(next);
    }
  } catch (error) {
    logger().warn({ err: error }, "whether the AI answers could not be looked up: pages hear of it later");
  } finally {
    state.isLooking = false;
  }
}

async function look(orgId: string): Promise<void> {
  const { answers } = known();
  if (!isHeard("answering/changed", orgId)) {
    // A page that is on its way shows what was so before: it asks, whatever the gate says.
    keepForPages({ type: "answering/changed", orgId });
    answers.delete(orgId);
    return;
  }
  const gate = await gateNow(systemContext("live"), orgId);
  const answer = gate.kind === "degrade" ? gate.reason : gate.kind;
  const before = answers.get(orgId);
  answers.set(orgId, answer);
  if (before !== answer) deliverLive({ type: "answering/changed", orgId });
}
