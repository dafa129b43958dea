import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { enqueue } from "@/lib/queue/enqueue";
import { lockConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import { endSnooze } from "./store/states";

export type WakeOutcome = { readonly kind: "woken" | "not-snoozed" | "too-early" };

/**
 * Ends a conversation's snooze at its time, and flags it. Nothing where that has ended otherwise; a job that comes before its
 * time, by a clock that goes before ours, comes again. For the system only.
 */
export async function wakeConversation(
  ctx: Ctx,
  job: { orgId: string; conversationId: string },
): Promise<WakeOutcome> {
  requireSystem(ctx.actor);
  const { orgId, conversationId } = job;
  const at = ctx.now();
  const outcome = await inTransaction(async (tx): Promise<WakeOutcome> => {
    const { snoozedUntil } = await lockConversation(tx, orgId, conversationId);
    if (snoozedUntil === null) return { kind: "not-snoozed" };
    if (snoozedUntil > at) {
      await enqueue(tx, "wake-conversation", job, { runAt: snoozedUntil });
      return { kind: "too-early" };
    }
    await endSnooze(tx, { orgId, id: conversationId });
    const event = { orgId, id: ctx.newId(), conversationId, kind: "snooze_over", userId: null } as const;
    await insertEvent(tx, { ...event, at });
    return { kind: "woken" };
  });
  if (outcome.kind === "woken") publishLive({ type: "conversation/changed", orgId, conversationId });
  return outcome;
}
