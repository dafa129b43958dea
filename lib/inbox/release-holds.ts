import { type Ctx, requireSystem } from "@/lib/auth/context";
import { release } from "./release";
import { listHeldByLeaver } from "./store/unanswered";

/** Whoever has left a garage holds nothing there: their conversations go back to the AI or to the team. For the system only. */
export async function releaseHolds(
  ctx: Ctx,
  { orgId, userId }: { orgId: string; userId: string },
): Promise<void> {
  requireSystem(ctx.actor);
  for (const conversationId of await listHeldByLeaver(orgId, userId))
    await release(ctx, orgId, conversationId);
}
