import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { type CannedResponseInput, checkCannedResponse } from "./check-canned-response";
import { keepCannedResponse, lockCannedResponses } from "./store/canned-responses";

export const MAX_CANNED_RESPONSES = 200;

/**
 * Makes a canned response, or changes the one with this id. Needs `messages.manage`. Throws conflict (`shortcut`) where
 * another one has the shortcut, and where there are 200; not_found where there is none of this id.
 */
export async function saveCannedResponse(
  ctx: Ctx,
  orgId: string,
  input: CannedResponseInput & { readonly id?: string },
): Promise<{ id: string }> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  const { shortcut, body } = checkCannedResponse(input);
  const id = input.id ?? ctx.newId();
  await inTransaction(async (tx) => {
    const all = await lockCannedResponses(tx, orgId);
    if (input.id !== undefined && !all.some((one) => one.id === id))
      throw new AppError("not_found", "This canned response has been removed.");
    if (all.some((one) => one.shortcut === shortcut && one.id !== id))
      throw new AppError("conflict", `There is already a canned response /${shortcut}.`, {
        field: "shortcut",
      });
    if (input.id === undefined && all.length >= MAX_CANNED_RESPONSES)
      throw new AppError("conflict", `There are ${MAX_CANNED_RESPONSES} canned responses: remove one first.`);
    await keepCannedResponse(tx, { orgId, id, shortcut, body, userId, at: ctx.now() });
    const before = all.find((one) => one.id === id);
    await recordChange(ctx, tx, {
      orgId,
      action: "messages/canned-response-saved",
      subject: `/${shortcut}`,
      before: before ? { shortcut: before.shortcut, body: before.body } : {},
      after: { shortcut, body },
    });
  });
  return { id };
}
