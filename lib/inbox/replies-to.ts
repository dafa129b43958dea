import { type Ctx, requireSystem } from "@/lib/auth/context";
import { listReplies, type StoredReply } from "./store/replies";

export type Reply = Omit<StoredReply, "refersTo">;

/**
 * What the team replied to questions that were filed in the inbox, by the question's id, the oldest first. For the
 * system only: the caller has checked who may read the questions.
 */
export async function repliesTo(
  ctx: Ctx,
  orgId: string,
  queryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Reply[]>> {
  requireSystem(ctx.actor);
  const replies = new Map<string, Reply[]>();
  for (const { refersTo, ...reply } of await listReplies(orgId, queryIds))
    replies.set(refersTo, [...(replies.get(refersTo) ?? []), reply]);
  return replies;
}
