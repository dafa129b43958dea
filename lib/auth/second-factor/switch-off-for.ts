import { actOnce } from "@/lib/audit/act-once";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { type Ctx, requireSupport } from "../context";
import { selectGarages } from "../store/people";
import { deleteFactor, lockFactor } from "../store/second-factors";
import { findIdByEmail } from "../store/users";
import { mailFactorChange } from "./mail-factor-change";

export type SwitchedOff = { readonly kind: "switched-off" | "off-already" | "replayed" };

/**
 * Support lets somebody in who has lost their phone and their recovery codes: sign-in asks for no code any more. It stands in
 * the audit of each of their garages, and they are told by mail. Throws not_found for an address without an account.
 */
export async function switchOffFor(
  ctx: Ctx,
  { email, key, reason }: { readonly email: string; readonly key: string; readonly reason: string },
): Promise<SwitchedOff> {
  requireSupport(ctx.actor);
  return inTransaction(async (tx) => {
    const userId = await findIdByEmail(tx, email.toLowerCase());
    if (userId === undefined)
      throw new AppError("not_found", `There is no account with the address ${email}.`);
    const isOn = (await lockFactor(tx, userId))?.verified ?? false;
    const garages = await selectGarages(tx, userId);
    const orgIds = garages.length > 0 ? garages.map(({ orgId }) => orgId) : [null];
    const act = { action: "account/second-factor", key, reason, input: { subject: email.toLowerCase() } };
    for (const orgId of orgIds) {
      const { kind } = await actOnce(ctx, tx, { ...act, orgId }, async () => ({
        before: { twoStep: isOn },
        after: { twoStep: false },
      }));
      if (kind === "replayed") return { kind };
    }
    if (!(await deleteFactor(tx, userId))) return { kind: "off-already" };
    await mailFactorChange(ctx, tx, userId, "off-by-support");
    return { kind: "switched-off" };
  });
}
