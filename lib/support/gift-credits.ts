import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import type { Microcredits } from "@/lib/shared/money";
import { actOnAccount, type SupportAct } from "./act-on-account";

export type GiftInput = SupportAct & {
  readonly amount: Microcredits;
  /** 90 days from now where it is not given. */
  readonly expiresAt?: Date;
};

/** Gives an organisation credits; an overdraft is settled from them first. */
export async function giftCredits(
  ctx: Ctx,
  gift: GiftInput,
): Promise<{ readonly kind: "granted" | "replayed" }> {
  const { orgId, amount, expiresAt, key, reason } = gift;
  const input = { amount: `${amount}`, expiresAt: expiresAt?.toISOString() ?? null };
  const { kind } = await actOnAccount(ctx, { orgId, key, reason, action: "gift", input }, (system, tx) =>
    grantCredits(
      system,
      { orgId, kind: "gifted", amount, key: `gift:${key}`, reason, ...(expiresAt ? { expiresAt } : {}) },
      tx,
    ),
  );
  return { kind: kind === "replayed" ? kind : "granted" };
}
