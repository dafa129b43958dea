import type { Ctx } from "@/lib/auth/context";
import { adjustBalance } from "@/lib/credits/adjust-balance";
import { actOnAccount, type SupportAct } from "./act-on-account";

export type CorrectionInput = SupportAct & {
  /** Microcredits: positive writes overdraft off, negative takes open credits away. */
  readonly amount: bigint;
};

/** Writes overdraft off, or takes credits away, by a ledger entry. Never more than there is: invalid_input. */
export async function correctBalance(
  ctx: Ctx,
  correction: CorrectionInput,
): Promise<{ readonly kind: "adjusted" | "replayed" }> {
  const { orgId, amount, key, reason } = correction;
  const input = { amount: `${amount}` };
  const { kind } = await actOnAccount(ctx, { orgId, key, reason, action: "adjust", input }, (system, tx) =>
    adjustBalance(system, { orgId, amount, key: `support:${key}`, reason }, tx),
  );
  return { kind: kind === "replayed" ? kind : "adjusted" };
}
