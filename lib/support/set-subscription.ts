import type { Ctx } from "@/lib/auth/context";
import { changeSubscription } from "@/lib/credits/change-subscription";
import type { Allowance } from "@/lib/credits/core/allowance";
import { type SubscriptionState, termsOf } from "@/lib/credits/core/subscription";
import { holdAccount } from "@/lib/credits/hold-account";
import { AppError } from "@/lib/shared/errors";
import { actOnAccount, type SupportAct } from "./act-on-account";

export type SubscriptionInput = SupportAct & {
  readonly state?: SubscriptionState;
  readonly allowance?: Allowance;
};

/** Sets the state or the allowance of an organisation's subscription, with all that follows from it. */
export async function setSubscription(
  ctx: Ctx,
  { orgId, key, reason, state, allowance }: SubscriptionInput,
): Promise<{ readonly kind: "changed" | "replayed" }> {
  const input = {
    state: state ?? null,
    allowance: allowance ? `${allowance.allowance}` : null,
    bays: allowance?.bays ?? null,
  };
  const act = { orgId, key, reason, action: "set-subscription", input };
  const { kind } = await actOnAccount(ctx, act, async (system, tx) => {
    const { state: from } = await holdAccount(system, orgId, tx);
    const begins = state && termsOf(state).renews && termsOf(from).gate !== "balance";
    if (begins && !allowance)
      throw new AppError("invalid_input", "A subscription that begins needs its bays, or an allowance.");
    const change = { ...(state ? { state } : {}), ...(allowance ? { allowance } : {}) };
    await changeSubscription(system, { orgId, reason, ...change }, tx);
  });
  return { kind: kind === "replayed" ? kind : "changed" };
}
