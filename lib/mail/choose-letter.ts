import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { findLetter } from "./letters";
import { isLetterUnwanted, savePreference } from "./store/preferences";

export type LetterChoice = { readonly letter: string; readonly wanted: boolean };

/**
 * An owner has a letter sent to them, or no longer. It takes hold of what is queued already, which is asked when it is sent.
 * Throws forbidden for who is no owner, and invalid_input for a letter that is always sent.
 */
export async function chooseLetter(ctx: Ctx, orgId: string, { letter, wanted }: LetterChoice): Promise<void> {
  const { role, userId } = requireMember(ctx.actor, orgId, "messages.view");
  if (role !== "owner") throw new AppError("forbidden", "Only owners get these emails.");
  if (!findLetter(letter)?.byChoice)
    throw new AppError("invalid_input", "This email is always sent.", { field: "letter" });
  await inTransaction(async (tx) => {
    const unwanted = await isLetterUnwanted(tx, { orgId, userId, letter });
    await savePreference(tx, { orgId, userId, letter, wanted });
    await recordChange(ctx, tx, {
      orgId,
      action: "notifications/changed",
      before: { [letter]: !unwanted },
      after: { [letter]: wanted },
    });
  });
}
