import type { Ctx } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import type { SettleItem, SettleOutcome } from "./store/settle-batch";

export type Settling = SettleItem & { readonly ctx: Ctx };

/** Counts what became of a batch, and logs what somebody should look at; `outcomes` are in the order of `items`. */
export function recordSettles(items: readonly Settling[], outcomes: readonly SettleOutcome[]): void {
  const counts = new Map<string, { labels: { channel: string; outcome: string }; count: number }>();
  for (const [index, outcome] of outcomes.entries()) {
    const item = items[index];
    if (!item) continue;
    const key = `${item.channel} ${outcome.kind}`;
    const counted = counts.get(key);
    if (counted) counted.count += 1;
    else counts.set(key, { labels: { channel: item.channel, outcome: outcome.kind }, count: 1 });
    if (outcome.kind === "conflict") warnOfConflict(item, outcome.settledCost);
    if (outcome.kind === "no_account")
      item.ctx.log.error({ orgId: item.orgId }, "a settle named an organisation without an account");
  }
  for (const { labels, count } of counts.values()) metrics().settles.inc(labels, count);
}

function warnOfConflict({ ctx, orgId, channel, providerRef, cost }: Settling, settled: bigint): void {
  ctx.log.warn(
    { orgId, channel, ref: providerRef, settled, reported: cost },
    "an interaction was reported again with another cost; the first one stands",
  );
}
