import { type Ctx, requireMember } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { deleteCannedResponse } from "./store/canned-responses";

/** Removes a canned response. Needs `messages.manage`. Throws not_found where there is none. */
export async function removeCannedResponse(ctx: Ctx, orgId: string, id: string): Promise<void> {
  requireMember(ctx.actor, orgId, "messages.manage");
  if (!(await deleteCannedResponse(orgId, id)))
    throw new AppError("not_found", "This canned response has been removed.");
}
