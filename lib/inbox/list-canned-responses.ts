import { type Ctx, requireMember } from "@/lib/auth/context";
import { type CannedResponseRow, cannedResponsesOf } from "./store/canned-responses";

export type CannedResponseDto = Omit<CannedResponseRow, "updatedAt"> & { readonly updatedAt: string };

/** The words that the garage's people use again and again, by their shortcuts. Needs `messages.view`. */
export async function listCannedResponses(ctx: Ctx, orgId: string): Promise<CannedResponseDto[]> {
  requireMember(ctx.actor, orgId, "messages.view");
  const rows = await cannedResponsesOf(orgId);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}
