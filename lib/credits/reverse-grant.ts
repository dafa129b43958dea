import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { Microcredits } from "@/lib/shared/money";
import { postGiveBack, reversalsOf } from "./give-back";
import { withAccount } from "./store/account";
import { findLot, postDebit, recordReversed } from "./store/postings";

export type ReverseGrantInput = {
  readonly orgId: string;
  /** The key under which it was granted. */
  readonly sourceKey: string;
  /** How much of it shall be taken back in all, from the provider's cumulative state (see `clawbackTarget`). */
  readonly takenBack: Microcredits;
  readonly reason: string;
};

export type ReverseGrantOutcome =
  | { readonly kind: "taken-back" | "given-back"; readonly amount: bigint }
  | { readonly kind: "unchanged" };

/**
 * Brings what has been taken back from a grant to its target and posts the difference: from its own lot first, then
 * along the draw, then overdraft. A lower target (a refund that fails, a dispute won later) gives back along those very
 * lines; what has expired meanwhile stays expired. Idempotent by the target itself.
 */
export async function reverseGrant(
  ctx: Ctx,
  input: ReverseGrantInput,
  tx?: Queryable,
): Promise<ReverseGrantOutcome> {
  requireSystem(ctx.actor);
  const stamp = { at: ctx.now(), actor: actorName(ctx.actor), reason: input.reason };
  return withAccount(input.orgId, tx, async (inside, account) => {
    const lot = await findLot(inside, input.orgId, input.sourceKey);
    if (!lot) throw new AppError("not_found", "There is no such grant.");
    if (input.takenBack < 0n || input.takenBack > lot.granted) {
      throw new AppError("invalid_input", "No more can be taken back than was granted.");
    }
    const difference = input.takenBack - lot.reversed;
    if (difference === 0n) return { kind: "unchanged" };
    // The same target can come again after a dispute was won and lost: the sequence tells the postings apart.
    const posting = {
      orgId: input.orgId,
      kind: "reversal",
      cause: `${reversalsOf(input.sourceKey)}@${account.entrySeq + 1n}`,
    } as const;
    await recordReversed(inside, input.orgId, lot.id, input.takenBack);
    if (difference > 0n) {
      await postDebit(inside, { ...posting, amount: difference, firstLot: lot.id }, stamp);
      return { kind: "taken-back", amount: difference };
    }
    const held = { orgId: input.orgId, group: reversalsOf(input.sourceKey), outstanding: lot.reversed };
    const amount = await postGiveBack(inside, { ...held, amount: -difference }, posting.cause, stamp);
    return { kind: "given-back", amount };
  });
}
