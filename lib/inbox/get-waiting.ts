import { type Ctx, requireMember } from "@/lib/auth/context";
import { type ConversationDto, listConversations } from "./list-conversations";
import { countView } from "./store/conversation-page";

export type WaitingDto = {
  /** How many conversations want a person, a thousand at most. */
  readonly count: number;
  /** The latest of them. */
  readonly latest: readonly ConversationDto[];
};

const LATEST = 10;
/** Counting ends here: it takes as long at any size. */
const MOST = 1_000;

/** What waits for a person in the inbox, for every page to show. Needs `messages.view`. */
export async function getWaiting(ctx: Ctx, orgId: string): Promise<WaitingDto> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.view");
  const [first, count] = await Promise.all([
    listConversations(ctx, orgId, { view: "attention", limit: LATEST }),
    countView({ orgId, readerId: userId, now: ctx.now(), view: "attention" }, MOST),
  ]);
  return { count, latest: first.conversations };
}
