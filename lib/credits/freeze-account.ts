import { actorName, type Ctx, requireSupport } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { withAccount } from "./store/account";
import { insertSupportAction, setFrozen } from "./store/accounts";

export type FreezeInput = {
  readonly orgId: string;
  readonly frozen: boolean;
  /** One action a key. */
  readonly key: string;
  readonly reason: string;
};

export type FreezeOutcome = { readonly kind: "frozen" | "unfrozen" | "unchanged" | "replayed" };

/** Stops or restarts an organisation's AI consumption: to it, this looks like exhausted credits. Audited. */
export async function freezeAccount(ctx: Ctx, input: FreezeInput): Promise<FreezeOutcome> {
  requireSupport(ctx.actor);
  if (input.reason.trim() === "") throw new AppError("invalid_input", "A reason is required.");
  const now = ctx.now();
  return withAccount(input.orgId, undefined, async (tx, account) => {
    const action = input.frozen ? "freeze" : "unfreeze";
    const body = { frozen: input.frozen };
    const id = ctx.newId();
    const fresh = await insertSupportAction(tx, {
      ...input,
      id,
      actor: actorName(ctx.actor),
      action,
      body,
      at: now,
    });
    if (!fresh) return { kind: "replayed" };
    if ((account.frozenAt !== null) === input.frozen) return { kind: "unchanged" };
    await setFrozen(tx, input.orgId, input.frozen ? { at: now, reason: input.reason } : null);
    return { kind: input.frozen ? "frozen" : "unfrozen" };
  });
}
