import { count, takeBack } from "@/lib/db/limiter";
import { inTransaction } from "@/lib/db/transaction";
import { machineClock } from "@/lib/shared/clock";
import { AppError, tooOften } from "@/lib/shared/errors";
import { recordOwnChange } from "../account/record-own-change";
import { auth } from "../auth";
import { rememberBrowser } from "../known-browser";
import { newSecret as newToken } from "../secrets";
import { type MemberCtx, signedIn } from "../session";
import { enableFactor, lockFactor } from "../store/second-factors";
import { deleteSessions, replaceToken } from "../store/sessions";
import { mailFactorChange } from "./mail-factor-change";
import { newRecoveryCodes } from "./recovery-codes";
import { seal, stepOf, unseal } from "./secrets";
import { WRONG_CODES } from "./with-own-code";

export type RecoveryCodes = { readonly recoveryCodes: readonly string[] };

/**
 * The first right code of the app that was set up: from now on sign-in asks for one. Returns the recovery codes, which are told
 * this once. As with a changed password every session ends but this browser's, whose cookies are replaced (they are in the headers
 * returned), and the caller tells the user's browsers (`publishAccess`). Throws invalid_input at `code` for a wrong one,
 * rate_limited after ten, conflict where nothing is being set up.
 */
export async function confirmSetUp(
  ctx: MemberCtx,
  headers: Headers,
  typed: string,
): Promise<RecoveryCodes & { readonly headers: Headers }> {
  const { userId } = ctx.actor;
  const session = await signedIn(headers);
  if (session?.userId !== userId) throw new AppError("unauthenticated", "Sign in to continue.");
  const seconds = await count(WRONG_CODES, userId);
  if (seconds > 0) throw tooOften(seconds);
  const recoveryCodes = newRecoveryCodes();
  const backupCodes = await seal(JSON.stringify(recoveryCodes));
  const token = newToken();
  await inTransaction(async (tx) => {
    const factor = await lockFactor(tx, userId);
    if (!factor || factor.verified)
      throw new AppError("conflict", "Nothing is being set up any more. Reload this page and start again.");
    const { secret, lastStep } = factor;
    const code = typed.replace(/\s/g, "");
    const step = await stepOf(await unseal(secret), code, { now: machineClock(), lastStep });
    if (step === undefined)
      throw new AppError("invalid_input", "This code is not right. Enter the one that your app shows now.", {
        field: "code",
      });
    await enableFactor(tx, userId, { backupCodes, lastStep: step, at: ctx.now() });
    await deleteSessions(tx, userId, session.sessionId);
    if (!(await replaceToken(tx, session.sessionId, token)))
      throw new AppError("unauthenticated", "Sign in to continue.");
    await recordOwnChange(ctx, tx, userId, {
      action: "account/second-factor",
      before: { twoStep: false },
      after: { twoStep: true },
    });
    await mailFactorChange(ctx, tx, userId, "on");
  });
  await takeBack(WRONG_CODES, userId);
  const renewed = await auth().api.handOutSession({ body: { token }, headers, returnHeaders: true });
  renewed.headers.append("set-cookie", await rememberBrowser(session.email));
  return { recoveryCodes, headers: renewed.headers };
}
