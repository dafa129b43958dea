import { type ActOutcome, actOnce } from "@/lib/audit/act-once";
import { asSystem, type Ctx, requireSupport } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { holdAccount } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";

/** What every act of support on an account names. */
export type SupportAct = {
  readonly orgId: string;
  /** Each key acts once only: the same key for something else is a conflict. */
  readonly key: string;
  readonly reason: string;
};

type AskedAct = SupportAct & {
  readonly action: string;
  readonly input: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * One act of support on an organisation's account: its effect, carried out by the system in support's name, and its audit
 * row with how the account stood before and after commit together. The gate and the browsers hear of it after that.
 */
export async function actOnAccount(
  ctx: Ctx,
  { orgId, key, reason, action, input }: AskedAct,
  effect: (system: Ctx, tx: Queryable) => Promise<unknown>,
): Promise<ActOutcome> {
  requireSupport(ctx.actor);
  const system = asSystem(ctx, "support");
  const outcome = await inTransaction((tx) =>
    actOnce(ctx, tx, { orgId, key, reason, action, input }, async () => {
      const standing = async () => {
        const {
          balance,
          overdraft,
          allowance,
          granted: _granted,
          ...rest
        } = await holdAccount(system, orgId, tx);
        return { ...rest, balance: `${balance}`, overdraft: `${overdraft}`, allowance: `${allowance}` };
      };
      const before = await standing();
      await effect(system, tx);
      return { before, after: await standing() };
    }),
  );
  if (outcome.kind === "done") accountChanged(orgId);
  return outcome;
}
