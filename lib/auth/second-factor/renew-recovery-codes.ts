import { recordOwnChange } from "../account/record-own-change";
import { requireOwnPassword } from "../own-password";
import type { MemberCtx } from "../session";
import { setRecoveryCodes } from "../store/second-factors";
import type { RecoveryCodes } from "./confirm-set-up";
import { mailFactorChange } from "./mail-factor-change";
import { newRecoveryCodes } from "./recovery-codes";
import { seal } from "./secrets";
import { withOwnCode } from "./with-own-code";

/**
 * Ten other recovery codes, told this once; the earlier ones work no longer. A password alone gets none: each opens the account
 * without the app. Throws invalid_input at `current` or `code` where one is wrong, rate_limited after ten wrong ones, conflict
 * without a second factor.
 */
export async function renewRecoveryCodes(
  ctx: MemberCtx,
  { current, code }: { readonly current: string; readonly code: string },
): Promise<RecoveryCodes> {
  const { userId } = ctx.actor;
  await requireOwnPassword(userId, current);
  const recoveryCodes = newRecoveryCodes();
  const sealed = await seal(JSON.stringify(recoveryCodes));
  await withOwnCode(userId, code, async (tx) => {
    await setRecoveryCodes(tx, userId, sealed);
    await recordOwnChange(ctx, tx, userId, {
      action: "account/recovery-codes-renewed",
      before: {},
      after: { changedAt: ctx.now().toISOString() },
    });
    await mailFactorChange(ctx, tx, userId, "codes-renewed");
  });
  return { recoveryCodes };
}
