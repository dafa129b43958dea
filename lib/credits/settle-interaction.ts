import { type Ctx, requireSystem } from "@/lib/auth/context";
import { groupCommit } from "@/lib/db/group-commit";
import { isRefusedInput } from "@/lib/db/sql-errors";
import { env } from "@/lib/shared/env";
import { londonDay } from "@/lib/shared/london-time";
import { metrics } from "@/lib/shared/metrics";
import type { MicroUsd } from "@/lib/shared/money";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import { accountChanged } from "./account-changed";
import { priceUsage } from "./core/price-usage";
import type { InteractionKey, InteractionStart } from "./interaction";
import { configuredRates } from "./rates";
import { type SettleItem, type SettleOutcome, settleBatch } from "./store/settle-batch";

export type SettleInput = InteractionKey & {
  /** What the provider charged, micro-dollars, not negative. */
  readonly cost: MicroUsd;
  /** Whether it counts as an interaction: a connected call, an inbound message, a query. */
  readonly counted: boolean;
  /** Used only where no start was stored, because the check had failed open. */
  readonly start: InteractionStart;
};

const MAX_BATCH = 256;
const LANES = 2;

const newLane = () =>
  groupCommit<SettleItem & { readonly now: () => Date }, SettleOutcome>({
    maxBatch: MAX_BATCH,
    keysOf: (item) => [`${item.orgId}:${item.channel}:${item.providerRef}`],
    isRefusedInput,
    flush: async (items) => {
      const at = momentOf(items);
      const outcomes = await settleBatch(items, {
        rateVersion: env().CREDIT_RATE_VERSION,
        at,
        day: londonDay(at),
      });
      accountChanged(...new Set(items.map((item) => item.orgId)));
      return outcomes;
    },
  });

const lanes = processWide("settle-lanes", () => Array.from({ length: LANES }, newLane));

/** A batch is one transaction and so one moment: its first item's. */
function momentOf(items: readonly { readonly now: () => Date }[]): Date {
  const [first] = items;
  if (!first) throw new Error("a flush without items");
  return first.now();
}

/** An organisation always settles on the same lane, so that two flushes of this process never wait for its account row. */
function laneOf(orgId: string) {
  const lane = lanes[Number.parseInt(orgId.slice(-4), 16) % LANES];
  if (!lane) throw new Error("no lane for an organisation");
  return lane;
}

/**
 * The deduction after an interaction: its real cost goes into the ledger exactly once, however often its report is
 * delivered. Degraded and other unbillable interactions settle at 0. The first report wins; another cost later is a
 * `conflict`.
 */
export async function settleInteraction(ctx: Ctx, input: SettleInput): Promise<SettleOutcome> {
  requireSystem(ctx.actor);
  const price = priceUsage(configuredRates(), input.channel, input.cost);
  const outcome = await finishBeforeExit(laneOf(input.orgId)({ ...input, ...price, now: ctx.now }));
  metrics.settles.inc({ channel: input.channel, outcome: outcome.kind });
  if (outcome.kind === "conflict") {
    ctx.log.warn(
      {
        orgId: input.orgId,
        channel: input.channel,
        ref: input.providerRef,
        settled: outcome.settledCost,
        reported: input.cost,
      },
      "an interaction was reported again with another cost; the first one stands",
    );
  }
  if (outcome.kind === "no_account")
    ctx.log.error({ orgId: input.orgId }, "a settle named an organisation without an account");
  return outcome;
}
