import type { Queryable } from "@/lib/db/pool";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { asSystem, type Ctx } from "../context";

/** Tells a person that their second factor is on or off now, or has other recovery codes, within the transaction of the change. */
export async function mailFactorChange(
  ctx: Ctx,
  tx: Queryable,
  userId: string,
  how: "on" | "off" | "off-by-support" | "codes-renewed",
): Promise<void> {
  await queuePersonalMail(asSystem(ctx, "account"), tx, {
    to: { userId },
    letter: "second-factor-changed",
    cause: `second-factor:${ctx.newId()}`,
    data: { how, changedAt: ctx.now().toISOString() },
  });
}
