import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { InteractionKey } from "./interaction";
import { withAccount } from "./store/account";
import { type Line, linesOf, lotsThatSettledOverdraft, postCredit } from "./store/postings";

export type ReverseUsageOutcome =
  | { readonly kind: "reversed"; readonly amount: bigint }
  | { readonly kind: "already-reversed" | "nothing-drawn" };

/**
 * Gives back what an interaction drew, along its recorded draws: each lot gets its own credits back, with its own
 * expiry, so that no allowance turns into credits without expiry. Once an interaction.
 */
export async function reverseUsage(
  ctx: Ctx,
  input: InteractionKey & { readonly reason: string },
): Promise<ReverseUsageOutcome> {
  requireSystem(ctx.actor);
  const usage = `interaction:${input.channel}:${input.providerRef}`;
  const cause = `reversal:${usage}`;
  return withAccount(input.orgId, undefined, async (tx, account) => {
    if ((await linesOf(tx, input.orgId, "reversal", cause)).length > 0) return { kind: "already-reversed" };
    const drawn = await linesOf(tx, input.orgId, "usage", usage);
    if (drawn.length === 0) return { kind: "nothing-drawn" };
    const lots = await giveBack(tx, input.orgId, drawn, account.overdraft);
    await postCredit(
      tx,
      { orgId: input.orgId, kind: "reversal", cause, lots },
      { at: ctx.now(), actor: actorName(ctx.actor), reason: input.reason },
    );
    return { kind: "reversed", amount: drawn.reduce((sum, line) => sum - line.amount, 0n) };
  });
}

type Share = { readonly id: bigint | null; readonly amount: bigint };

/** Overdraft that is still open is settled first; what a later grant settled goes back to that grant's lot. */
async function giveBack(
  tx: Queryable,
  orgId: string,
  drawn: readonly Line[],
  overdraft: bigint,
): Promise<Share[]> {
  const shares = new Map<bigint, bigint>();
  const give = (id: bigint, amount: bigint) => shares.set(id, (shares.get(id) ?? 0n) + amount);
  const total = drawn.reduce((sum, line) => sum - line.amount, 0n);
  const settles = overdraft < total ? overdraft : total;
  let left = total - settles;
  for (const line of drawn) {
    if (line.lotId === null || left === 0n) continue;
    const amount = -line.amount < left ? -line.amount : left;
    give(line.lotId, amount);
    left -= amount;
  }
  const overdrawn = drawn.find((line) => line.lotId === null);
  for (const lot of left > 0n && overdrawn ? await lotsThatSettledOverdraft(tx, orgId, overdrawn.seq) : []) {
    const room = lot.amount - (shares.get(lot.id) ?? 0n);
    const amount = room < left ? room : left;
    if (amount > 0n) give(lot.id, amount);
    left -= amount > 0n ? amount : 0n;
  }
  if (left > 0n) throw new AppError("internal", "No recorded draw accounts for these credits.");
  const toOverdraft: Share[] = settles > 0n ? [{ id: null, amount: settles }] : [];
  return [...toOverdraft, ...[...shares].map(([id, amount]) => ({ id, amount }))];
}
