import { type Ctx, requireMember } from "@/lib/auth/context";
import { type Counts, readCounts } from "./store/conversation-page";

export type { Counts };

/** Counting ends here, so that it takes as long at any size; one more than is shown as a number. */
const MOST = 1_000;

/**
 * How many conversations each view of the member has, at most a thousand; `unread`: of the first thousand open ones.
 * Needs `messages.view`.
 */
export async function countConversations(ctx: Ctx, orgId: string): Promise<Counts> {
  const { userId: readerId } = requireMember(ctx.actor, orgId, "messages.view");
  return readCounts({ orgId, readerId, now: ctx.now() }, MOST);
}
