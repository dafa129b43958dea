import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { repliesTo } from "@/lib/inbox/replies-to";
import { listQueries, type QueryView } from "./store/queries";

export type ReplyDto = {
  readonly id: string;
  readonly body: string;
  /** Who of the team replied; null where their account is gone. */
  readonly author: string | null;
  readonly at: string;
};

export type QueryDto = Omit<QueryView, "askedAt"> & {
  readonly askedAt: string;
  /** What the team replied to a question that the AI could not be asked, the oldest first. */
  readonly replies: readonly ReplyDto[];
};

const HISTORY_LIMIT = 50;

/** The signed-in member's own questions, latest first, and what they were answered. Needs `diagnostics.use`. */
export async function listHistory(ctx: Ctx, orgId: string): Promise<QueryDto[]> {
  const { userId } = requireMember(ctx.actor, orgId, "diagnostics.use");
  const queries = await listQueries(orgId, userId, HISTORY_LIMIT);
  const filed = queries.filter(({ degraded }) => degraded).map(({ id }) => id);
  const replies = await repliesTo(asSystem(ctx, "diagnostics"), orgId, filed);
  return queries.map((query) => ({
    ...query,
    askedAt: query.askedAt.toISOString(),
    replies: (replies.get(query.id) ?? []).map((reply) => ({ ...reply, at: reply.at.toISOString() })),
  }));
}
