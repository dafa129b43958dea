import { type Ctx, requireSystem } from "@/lib/auth/context";
import { type GroupCommit, groupCommit } from "@/lib/db/group-commit";
import { isRefusedInput } from "@/lib/db/sql-errors";
import { env } from "@/lib/shared/env";
import { londonDay } from "@/lib/shared/london-time";
import { metrics } from "@/lib/shared/metrics";
import type { MicroUsd } from "@/lib/shared/money";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import { accountChanged } from "./account-changed";
import { priceUsage } from "./core/price-usage";
import { ownLanes, passing } from "./held-up";
import type { InteractionKey, InteractionStart } from "./interaction";
import { inTurn, LANES, laneOf } from "./lanes";
import { configuredRates } from "./rates";
import type { SettleItem, SettleOutcome, SettlePosting } from "./store/settle-batch";

export type SettleInput = InteractionKey & {
  /** What the provider charged, micro-dollars, not negative. */
  readonly cost: MicroUsd;
  /** Whether it counts as an interaction: a connected call, an inbound message, a query. */
  readonly counted: boolean;
  /** Used only where no start was stored, because the check had failed open. */
  readonly start: InteractionStart;
};

/** Settles a batch in one transaction; the answers are in the order of `items`. */
export type SettleFlush<Input, Answer> = (
  items: readonly (Input & SettleItem)[],
  posting: SettlePosting,
) => Promise<readonly Answer[]>;

const MAX_BATCH = 256;

/** Of a lane's flushes, whatever they write, one is under way at a time. */
const turns = processWide("settle-turns", () => Array.from({ length: LANES }, () => inTurn()));

/**
 * A way to settle, by group commit: what arrives while a flush of its lane is in flight goes into the next. `name` is unique
 * in the process. An organisation whose account another session holds locked has a lane of its own until it is through.
 */
export function settling<Input extends SettleInput, Answer>(
  name: string,
  flush: SettleFlush<Input, Answer>,
  outcomeOf: (answer: Answer) => SettleOutcome,
): (ctx: Ctx, input: Input) => Promise<Answer> {
  type Item = Input & SettleItem & { readonly now: () => Date };
  const lane = (write: GroupCommit<Item, Answer>["flush"]) =>
    groupCommit<Item, Answer>({
      maxBatch: MAX_BATCH,
      keysOf: (item) => [`${item.orgId}:${item.channel}:${item.providerRef}`],
      isRefusedInput,
      flush: write,
    });
  const write = (items: readonly Item[]) => flushed(items, flush);
  const lanes = processWide(`settle-lanes-${name}`, () => {
    const alone = ownLanes<Item, Answer>((patiently) => lane((items) => patiently(() => write(items))));
    return turns.map((turn) => lane((items) => turn(() => passing(items, write, alone))));
  });
  return async (ctx, input) => {
    requireSystem(ctx.actor);
    const commit = lanes[laneOf(input.orgId)];
    if (!commit) throw new Error("no lane for an organisation");
    const price = priceUsage(configuredRates(), input.channel, input.cost);
    const answer = await finishBeforeExit(commit({ ...input, ...price, now: ctx.now }));
    record(ctx, input, outcomeOf(answer));
    return answer;
  };
}

/** A batch is one transaction and so one moment: its first item's. */
async function flushed<Item extends SettleItem & { readonly now: () => Date }, Answer>(
  items: readonly Item[],
  flush: SettleFlush<Item, Answer>,
): Promise<readonly Answer[]> {
  const [first] = items;
  if (!first) throw new Error("a flush without items");
  const at = first.now();
  try {
    return await flush(items, { rateVersion: env().CREDIT_RATE_VERSION, at, day: londonDay(at) });
  } finally {
    // Also where it failed: what was done by then is not known.
    accountChanged(...new Set(items.map((item) => item.orgId)));
  }
}

function record(ctx: Ctx, input: SettleInput, outcome: SettleOutcome): void {
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
}
