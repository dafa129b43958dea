import { type Ctx, requireMember } from "@/lib/auth/context";
import { listQueries, type QueryView } from "./store/queries";

const HISTORY_LIMIT = 50;

/** The signed-in member's own questions and their answers, latest first. Needs `diagnostics.use`. */
export async function listHistory(ctx: Ctx, orgId: string): Promise<QueryView[]> {
  const { userId } = requireMember(ctx.actor, orgId, "diagnostics.use");
  return listQueries(orgId, userId, HISTORY_LIMIT);
}
