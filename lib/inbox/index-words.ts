import { type Ctx, requireSystem } from "@/lib/auth/context";
import { indexMessages, listUnindexed } from "./store/conversation-search";

const AT_A_TIME = 1_000;

/** Keeps the words of every message that waits for it, so that a search has little left to do itself. For the system only. */
export async function indexWords(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor);
  for (const orgId of await listUnindexed()) {
    while ((await indexMessages(orgId, AT_A_TIME)) === AT_A_TIME);
  }
}
