import { authorize, type Ctx } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { listQueries, type QueryView } from "./store/queries";

const HISTORY_LIMIT = 50;

/** The signed-in member's own questions and their answers, latest first. Needs `diagnostics.use`. */
export async function listHistory(ctx: Ctx, orgId: string): Promise<QueryView[]> {
  authorize(ctx.actor, orgId, "diagnostics.use");
  if (ctx.actor.kind !== "member")
    throw new AppError("forbidden", "Only a member of the garage has a history.");
  return listQueries(orgId, ctx.actor.userId, HISTORY_LIMIT);
}
