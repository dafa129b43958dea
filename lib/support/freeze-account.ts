import type { Ctx } from "@/lib/auth/context";
import { setFrozen } from "@/lib/credits/set-frozen";
import { actOnAccount, type SupportAct } from "./act-on-account";

export type FreezeInput = SupportAct & { readonly frozen: boolean };

export type FreezeOutcome = { readonly kind: "frozen" | "unfrozen" | "unchanged" | "replayed" };

/** Stops or restarts an organisation's AI consumption: to it, this looks like exhausted credits. */
export async function freezeAccount(ctx: Ctx, freeze: FreezeInput): Promise<FreezeOutcome> {
  const { orgId, frozen, key, reason } = freeze;
  const action = frozen ? "freeze" : "unfreeze";
  let changed = false;
  const { kind } = await actOnAccount(
    ctx,
    { orgId, key, reason, action, input: { frozen } },
    async (system, tx) => {
      changed = await setFrozen(system, { orgId, frozen, reason }, tx);
    },
  );
  if (kind === "replayed") return { kind };
  if (!changed) return { kind: "unchanged" };
  return { kind: frozen ? "frozen" : "unfrozen" };
}
