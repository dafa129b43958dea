import { type Ctx, requireMember } from "@/lib/auth/context";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { conversationExists } from "./store/states";

/** Tells the colleagues that a member is writing in a conversation: nothing is kept. Needs `messages.send`. */
export async function tellTyping(ctx: Ctx, orgId: string, conversationId: string): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.send");
  if (!(await conversationExists(orgId, conversationId)))
    throw new AppError("not_found", "There is no such conversation.");
  publishLive({ type: "conversation/typing", orgId, conversationId, userId });
}
