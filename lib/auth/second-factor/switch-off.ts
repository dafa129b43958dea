import { recordOwnChange } from "../account/record-own-change";
import { requireOwnPassword } from "../own-password";
import type { MemberCtx } from "../session";
import { deleteFactor } from "../store/second-factors";
import { mailFactorChange } from "./mail-factor-change";
import { withOwnCode } from "./with-own-code";

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
  await withOwnCode(userId, code, async (tx) => {
    await deleteFactor(tx, userId);
    await recordOwnChange(ctx, tx, userId, {
      action: "account/second-factor",
      before: { twoStep: true },
      after: { twoStep: false },
    });
    await mailFactorChange(ctx, tx, userId, "off");
  });
}
