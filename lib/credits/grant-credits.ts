import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { Microcredits } from "@/lib/shared/money";
import { withAccount } from "./store/account";
import { balanceOf, findLot, type Lot, postGrant } from "./store/postings";

const GIFT_DAYS = 90;
const DAY_MS = 86_400_000;

export type GrantInput = {
  readonly orgId: string;
  readonly amount: Microcredits;
  /** Gifted credits expire after 90 days unless `expiresAt` says otherwise; purchased ones never do. */
  readonly kind: "gifted" | "purchased";
  readonly expiresAt?: Date;
  /** What caused it, e.g. `stripe:payment_intent:pi_1`. Each key grants once only. */
  readonly key: string;
  readonly reason?: string;
};

export type GrantOutcome = {
  readonly kind: "granted" | "replayed";
  readonly lotId: bigint;
  readonly balance: bigint;
};

/**
 * Opens a lot; an overdraft is settled from it first, in the same transaction. A key's second use returns the first
 * result; with another amount or kind it throws conflict.
 */
export async function grantCredits(ctx: Ctx, input: GrantInput, tx?: Queryable): Promise<GrantOutcome> {
  requireSystem(ctx.actor);
  if (input.amount <= 0n) throw new AppError("invalid_input", "A grant must be more than 0 credits.");
  const now = ctx.now();
  return withAccount(input.orgId, tx, async (inside) => {
    const earlier = await findLot(inside, input.orgId, input.key);
    if (earlier) {
      refuseOtherBody(earlier, input);
      return { kind: "replayed", lotId: earlier.id, balance: await balanceOf(inside, input.orgId) };
    }
    const lotId = await postGrant(
      inside,
      {
        orgId: input.orgId,
        kind: input.kind,
        amount: input.amount,
        sourceKey: input.key,
        effectiveAt: now,
        expiresAt:
          input.kind === "purchased"
            ? null
            : (input.expiresAt ?? new Date(now.getTime() + GIFT_DAYS * DAY_MS)),
      },
      { at: now, actor: actorName(ctx.actor), reason: input.reason ?? null },
    );
    return { kind: "granted", lotId, balance: await balanceOf(inside, input.orgId) };
  });
}

function refuseOtherBody(earlier: Lot, input: GrantInput): void {
  if (earlier.granted === input.amount && earlier.kind === input.kind) return;
  throw new AppError("conflict", "This key was used before for another grant.");
}
