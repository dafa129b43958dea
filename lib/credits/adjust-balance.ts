import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import { withAccount } from "./store/account";
import { balanceOf, linesOf, postCredit, postDebit } from "./store/postings";

export type AdjustInput = {
  readonly orgId: string;
  /** Microcredits: positive writes overdraft off, negative takes open credits away along the draw. */
  readonly amount: bigint;
  /** Each key adjusts once only. */
  readonly key: string;
  readonly reason: string;
};

export type AdjustOutcome = { readonly kind: "adjusted" | "replayed"; readonly balance: bigint };

/**
 * Corrects a balance by an entry, never by setting it. It writes off no more than the overdraft (more would be a grant,
 * which has a kind) and takes no more than is there: invalid_input otherwise. Another amount under the same key:
 * conflict.
 */
export async function adjustBalance(ctx: Ctx, input: AdjustInput, tx?: Queryable): Promise<AdjustOutcome> {
  requireSystem(ctx.actor);
  const stamp = { at: ctx.now(), actor: actorName(ctx.actor), reason: input.reason };
  const posting = { orgId: input.orgId, kind: "adjustment", cause: `adjustment:${input.key}` } as const;
  return withAccount(input.orgId, tx, async (inside, account) => {
    const earlier = await linesOf(inside, input.orgId, "adjustment", posting.cause);
    if (earlier.length > 0) {
      const posted = earlier.reduce((sum, line) => sum + line.amount, 0n);
      if (posted !== input.amount)
        throw new AppError("conflict", "This key was used before for another adjustment.");
      return { kind: "replayed", balance: account.balance };
    }
    if (
      input.amount === 0n ||
      input.amount > account.overdraft ||
      -input.amount > account.balance + account.overdraft
    ) {
      throw new AppError(
        "invalid_input",
        "An adjustment writes off at most the overdraft, or takes at most the open credits.",
      );
    }
    if (input.amount > 0n)
      await postCredit(inside, { ...posting, lots: [{ id: null, amount: input.amount }] }, stamp);
    else await postDebit(inside, { ...posting, amount: -input.amount }, stamp);
    return { kind: "adjusted", balance: await balanceOf(inside, input.orgId) };
  });
}
