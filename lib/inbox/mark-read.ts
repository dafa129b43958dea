import { type Ctx, requireMember } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { keepRead } from "./store/states";

/**
 * The member has read what the conversation showed: `to` is its `readTo`. It never moves back, and covers nothing that came
 * later. Needs `messages.view`.
 */
export async function markRead(ctx: Ctx, orgId: string, conversationId: string, to: Date): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.view");
  if (!(await keepRead({ orgId, id: conversationId, userId, to })))
    throw new AppError("not_found", "There is no such conversation.");
}
