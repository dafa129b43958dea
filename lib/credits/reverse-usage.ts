import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import { postGiveBack } from "./give-back";
import type { InteractionKey } from "./interaction";
import { withAccount } from "./store/account";
import { linesOf, usageLinesOf } from "./store/postings";

export type ReverseUsageOutcome =
  | { readonly kind: "reversed"; readonly amount: bigint }
  | { readonly kind: "already-reversed" | "nothing-drawn" };

/**
 * Gives back what an interaction drew, along its recorded draws: each lot gets its own credits back, with its own
 * expiry, so that no allowance turns into credits without expiry; what has expired meanwhile stays expired. Once per
 * interaction. The outcome's amount is in microcredits, and leaves out what an adjustment had written off.
 */
export async function reverseUsage(
  ctx: Ctx,
  input: InteractionKey & { readonly reason: string },
): Promise<ReverseUsageOutcome> {
  requireSystem(ctx.actor);
  const usage = `interaction:${input.channel}:${input.providerRef}`;
  const cause = `reversal:${usage}`;
  const stamp = { at: ctx.now(), actor: actorName(ctx.actor), reason: input.reason };
  return withAccount(input.orgId, undefined, async (tx) => {
    if ((await linesOf(tx, input.orgId, "reversal", cause)).length > 0) return { kind: "already-reversed" };
    const drawn = await usageLinesOf(tx, input, usage);
    if (drawn.length === 0) return { kind: "nothing-drawn" };
    const amount = drawn.reduce((sum, line) => sum - line.amount, 0n);
    const held = { orgId: input.orgId, group: usage, outstanding: amount, amount };
    return { kind: "reversed", amount: await postGiveBack(tx, held, cause, stamp) };
  });
}
