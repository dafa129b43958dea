import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { requireOwnPassword } from "../own-password";
import type { MemberCtx } from "../session";
import { lockFactor, setRecoveryCodes } from "../store/second-factors";
import type { RecoveryCodes } from "./confirm-set-up";
import { newRecoveryCodes } from "./recovery-codes";
import { seal } from "./secrets";

/**
 * Ten other recovery codes, told this once; the earlier ones work no longer. Throws invalid_input at `current` for a wrong
 * password, conflict without a second factor.
 */
export async function renewRecoveryCodes(ctx: MemberCtx, current: string): Promise<RecoveryCodes> {
  const { userId } = ctx.actor;
  await requireOwnPassword(userId, current);
  const recoveryCodes = newRecoveryCodes();
  const sealed = await seal(JSON.stringify(recoveryCodes));
  await inTransaction(async (tx) => {
    if (!(await lockFactor(tx, userId))?.verified) throw isOff();
    await setRecoveryCodes(tx, userId, sealed);
  });
  return { recoveryCodes };
}

export const isOff = (): AppError =>
  new AppError("conflict", "Two-step verification is off already. Reload this page.");
