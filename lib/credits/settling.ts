import { type Ctx, requireSystem } from "@/lib/auth/context";
import { type GroupCommit, groupCommit } from "@/lib/db/group-commit";
import { isRefusedInput } from "@/lib/db/sql-errors";
import { env } from "@/lib/shared/env";
import { londonDay } from "@/lib/shared/london-time";
import type { MicroUsd } from "@/lib/shared/money";
import { processWide } from "@/lib/shared/process-wide";
import { accountChanged } from "./account-changed";
import { priceUsage } from "./core/price-usage";
import { ownLanes, passing } from "./held-up";
import type { InteractionKey, InteractionStart } from "./interaction";
import { inTurn, LANES, laneOf } from "./lanes";
import { configuredRates } from "./rates";
import { recordSettles, type Settling } from "./record-settles";
import type { SettleOutcome, SettlePosting } from "./store/settle-batch";

export type SettleInput = InteractionKey & {
  /** What the provider charged, micro-dollars, not negative. */
  readonly cost: MicroUsd;
  /** Whether it counts as an interaction: a connected call, an inbound message, a query. */
  readonly counted: boolean;
  /** Used only where no start was stored, because the check had failed open. */
  readonly start: InteractionStart;
};

/** What waits to be settled: priced, with all that the feature gave. */
export type SettlingInput<Input> = Settling & { readonly input: Input };

/** Settles a batch in one transaction; the answers are in the order of `items`. */
export type SettleFlush<Input, Answer> = (
  items: readonly SettlingInput<Input>[],
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
  type Item = SettlingInput<Input>;
  const lane = (write: GroupCommit<Item, Answer>["flush"]) =>
    groupCommit<Item, Answer>({
      maxBatch: MAX_BATCH,
      keysOf: (item) => [`${item.orgId}:${item.channel}:${item.providerRef}`],
      isRefusedInput,
      flush: write,
    });
  const write = async (items: readonly Item[]): Promise<readonly Answer[]> => {
    const answers = await flushed(items, flush);
    recordSettles(items, answers.map(outcomeOf));
    return answers;
  };
  const lanes = processWide(`settle-lanes-${name}`, () => {
    const alone = ownLanes<Item, Answer>((patiently) => lane((items) => patiently(() => write(items))));
    return turns().map((turn) => lane((items) => turn(() => passing(items, write, alone))));
  });
  return async (ctx, input) => {
    requireSystem(ctx.actor);
    const commit = lanes()[laneOf(input.orgId)];
    if (!commit) throw new Error("no lane for an organisation");
    const { orgId, channel, providerRef, cost, counted, start } = input;
    const { microcredits, spend } = priceUsage(configuredRates(), channel, cost);
    return commit({ orgId, channel, providerRef, cost, microcredits, spend, counted, start, input, ctx });
  };
}

/** A batch is one transaction and so one moment: its first item's. */
async function flushed<Input, Answer>(
  items: readonly SettlingInput<Input>[],
  flush: SettleFlush<Input, Answer>,
): Promise<readonly Answer[]> {
  const [first] = items;
  if (!first) throw new Error("a flush without items");
  const at = first.ctx.now();
  try {
    return await flush(items, { rateVersion: env().CREDIT_RATE_VERSION, at, day: londonDay(at) });
  } finally {
    // Also where it failed: what was done by then is not known.
    accountChanged(...new Set(items.map((item) => item.orgId)));
  }
}
