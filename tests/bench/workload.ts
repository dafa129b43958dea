import type { Ctx } from "@/lib/auth/context";
import type { Channel } from "@/lib/credits/core/price-usage";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import type { SettleInput } from "@/lib/credits/settling";
import { microUsd } from "@/lib/shared/money";
import { withBulkClient } from "./bulk";
import { percentile } from "./statistics";

export type Settled = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

const CHANNELS: readonly Channel[] = ["voice", "whatsapp", "sms", "diagnostics"];

/** Starts of interactions still to settle: in the table, in another order than the one they settle in. */
export async function storeStarts(
  ctx: Ctx,
  orgIds: readonly string[],
  count: number,
): Promise<SettleInput[]> {
  const startedAt = ctx.now();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;
  const inputs = Array.from(
    { length: count },
    (): SettleInput => ({
      orgId: pick(orgIds),
      channel: pick(CHANNELS),
      providerRef: crypto.randomUUID(),
      cost: microUsd(BigInt(10_000 + Math.floor(Math.random() * 490_000))),
      counted: true,
      start: {
        mode: "full",
        level: 0,
        reason: null,
        billable: true,
        isFallback: false,
        failOpen: false,
        startedAt,
      },
    }),
  );
  await withBulkClient((client) =>
    client.query(
      `INSERT INTO interaction (org_id, channel, provider_ref, mode, level, billable, started_at)
       SELECT org_id, channel, ref, 'full', 0, true, $4
       FROM unnest($1::uuid[], $2::channel[], $3::text[]) AS s (org_id, channel, ref) ORDER BY random()`,
      [
        inputs.map((input) => input.orgId),
        inputs.map((input) => input.channel),
        inputs.map((input) => input.providerRef),
        startedAt,
      ],
    ),
  );
  return inputs;
}

/** Settles every input through the real verb, `callers` at a time, each waiting for its own commit. */
export async function settleAll(ctx: Ctx, inputs: readonly SettleInput[], callers: number): Promise<Settled> {
  const latencies = new Float64Array(inputs.length);
  const left = inputs.entries();
  const caller = async (): Promise<void> => {
    for (const [index, input] of left) {
      const began = performance.now();
      const outcome = await settleInteraction(ctx, input);
      latencies[index] = performance.now() - began;
      if (outcome.kind !== "settled") throw new Error(`a first report was answered ${outcome.kind}`);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - began) / 1_000;
  return {
    perSecond: inputs.length / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}
