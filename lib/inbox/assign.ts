import { colleagueWith } from "@/lib/auth/colleagues";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { lockConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import type { Person } from "./store/people";
import { assignConversation } from "./store/states";

/**
 * Gives a conversation to a member to look after, or back to the team (null): apart from who holds it. Needs
 * `messages.manage`. Throws invalid_input for whoever may not reply.
 */
export async function assign(
  ctx: Ctx,
  orgId: string,
  conversationId: string,
  to: string | null,
): Promise<{ assignee: Person | null }> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  const { assignee, changed } = await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    const assignee =
      to === null
        ? null
        : ((await colleagueWith(tx, ctx, orgId, { permission: "messages.send", userId: to })) ?? refuse());
    const changed = await assignConversation(tx, { orgId, id: conversationId, to });
    const event = { orgId, id: ctx.newId(), conversationId, kind: "assigned", userId, toUserId: to } as const;
    if (changed) await insertEvent(tx, { ...event, at: ctx.now() });
    return { assignee, changed };
  });
  if (changed) publishLive({ type: "conversation/changed", orgId, conversationId });
  return { assignee };
}

function refuse(): never {
  throw new AppError("invalid_input", "Choose somebody of your team who can reply.", { field: "userId" });
}
