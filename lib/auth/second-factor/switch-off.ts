import { count, takeBack } from "@/lib/db/limiter";
import { inTransaction } from "@/lib/db/transaction";
import { AppError, tooOften } from "@/lib/shared/errors";
import { recordOwnChange } from "../account/record-own-change";
import { requireOwnPassword } from "../own-password";
import type { MemberCtx } from "../session";
import { deleteFactor, lockFactor } from "../store/second-factors";
import { WRONG_CODES } from "./limits";
import { mailFactorChange } from "./mail-factor-change";
import { isOff } from "./renew-recovery-codes";
import { useCode } from "./use-code";

/**
 * Sign-in asks for no code any more. Throws invalid_input at `current` or `code` where one is wrong, rate_limited after ten
 * wrong ones, conflict where it is off already.
 */
export async function switchOffSecondFactor(
  ctx: MemberCtx,
  { current, code }: { readonly current: string; readonly code: string },
): Promise<void> {
  const { userId } = ctx.actor;
  await requireOwnPassword(userId, current);
  const seconds = await count(WRONG_CODES, userId);
  if (seconds > 0) throw tooOften(seconds);
  await inTransaction(async (tx) => {
    if (!(await lockFactor(tx, userId))?.verified) throw isOff();
    if (!(await useCode(tx, userId, code)))
      throw new AppError("invalid_input", "This code is not right, or was used already.", { field: "code" });
    await deleteFactor(tx, userId);
    await recordOwnChange(ctx, tx, userId, {
      action: "account/second-factor",
      before: { twoStep: true },
      after: { twoStep: false },
    });
    await mailFactorChange(ctx, tx, userId, "off");
  });
  await takeBack(WRONG_CODES, userId);
}
