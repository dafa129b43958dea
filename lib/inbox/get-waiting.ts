import type { Ctx } from "@/lib/auth/context";
import { type ConversationDto, listConversations } from "./list-conversations";
import { countWaiting } from "./store/waiting";

export type WaitingDto = {
  /** How many conversations want a person, a thousand at most. */
  readonly count: number;
  /** The latest of them. */
  readonly latest: readonly ConversationDto[];
};

const LATEST = 10;

/** What waits for a person in the inbox, for every page to show. Needs `messages.view`. */
export async function getWaiting(ctx: Ctx, orgId: string): Promise<WaitingDto> {
  const [first, count] = await Promise.all([
    listConversations(ctx, orgId, { view: "attention", limit: LATEST }),
    countWaiting(orgId, ctx.now()),
  ]);
  return { count, latest: first.conversations };
}
