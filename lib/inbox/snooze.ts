import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { enqueue } from "@/lib/queue/enqueue";
import { AppError } from "@/lib/shared/errors";
import { refuseUnshown, type Shown } from "./refuse-unshown";
import { lockConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import { snoozeConversation } from "./store/states";

const LONGEST_MS = 366 * 86_400_000;

/**
 * Sets a conversation aside until a time, or until the customer writes: then it wants attention. What waits in it is not
 * forgotten, and who holds it still does. Needs `messages.manage`. Throws invalid_input unless `until` lies within a year, and
 * written_meanwhile where the customer has written after what the member's page showed.
 */
export async function snooze(
  ctx: Ctx,
  orgId: string,
  conversationId: string,
  until: Date,
  shown: Shown = {},
): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  const at = ctx.now();
  const aheadMs = until.getTime() - at.getTime();
  if (!(aheadMs > 0 && aheadMs <= LONGEST_MS))
    throw new AppError("invalid_input", "Choose a time in the future, within a year.", { field: "until" });
  const changed = await inTransaction(async (tx) => {
    await refuseUnshown(tx, await lockConversation(tx, orgId, conversationId), shown);
    const changed = await snoozeConversation(tx, { orgId, id: conversationId, until });
    if (!changed) return false;
    await insertEvent(tx, { orgId, id: ctx.newId(), conversationId, kind: "snoozed", userId, at, until });
    await enqueue(tx, "wake-conversation", { orgId, conversationId }, { runAt: until });
    return true;
  });
  if (changed) publishLive({ type: "conversation/changed", orgId, conversationId });
}
