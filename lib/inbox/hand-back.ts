import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { release } from "./release";

/**
 * Hands a conversation back to the AI, which answers at once where the customer still waits, and otherwise from the next
 * message on. Needs `messages.manage`.
 */
export async function handBack(ctx: Ctx, orgId: string, conversationId: string): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  await release(asSystem(ctx, "hand-back"), { orgId, conversationId, by: userId });
}
