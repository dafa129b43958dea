import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { deleteCannedResponse } from "./store/canned-responses";

/** Removes a canned response. Needs `messages.manage`. Throws not_found where there is none. */
export async function removeCannedResponse(ctx: Ctx, orgId: string, id: string): Promise<void> {
  requireMember(ctx.actor, orgId, "messages.manage");
  await inTransaction(async (tx) => {
    const removed = await deleteCannedResponse(tx, orgId, id);
    if (!removed) throw new AppError("not_found", "This canned response has been removed.");
    await recordChange(ctx, tx, {
      orgId,
      action: "messages/canned-response-removed",
      subject: `/${removed.shortcut}`,
      before: { body: removed.body },
      after: {},
    });
  });
}
