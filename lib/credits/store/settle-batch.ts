import { arrayLiteral, type Literal } from "@/lib/db/array-literal";
import { pool, preparedName } from "@/lib/db/pool";
import { type Microcredits, microcredits } from "@/lib/shared/money";
import type { Channel } from "../core/price-usage";
import type { InteractionStart } from "../interaction";
import { type StartRow, toStart } from "./interactions";

/** One interaction to settle; amounts in micro-units, already priced. */
export type SettleItem = {
  readonly orgId: string;
  readonly channel: Channel;
  readonly providerRef: string;
  readonly cost: bigint;
  readonly microcredits: Microcredits;
  readonly spend: bigint;
  readonly counted: boolean;
  readonly start: InteractionStart;
};

export type SettleOutcome =
  | { readonly kind: "settled" | "duplicate"; readonly microcredits: Microcredits }
  | { readonly kind: "conflict"; readonly microcredits: Microcredits; readonly settledCost: bigint }
  | { readonly kind: "no_account" };

export type SettlePosting = { readonly rateVersion: string; readonly at: Date; readonly day: string };

/** What settling says of one item; `start` is the stored one, and undefined where there is no account. */
export type Settled = { readonly outcome: SettleOutcome; readonly start: InteractionStart | undefined };

/** Settling as a part of a statement that writes more. */
export type Settlement = {
  /** What stands behind FROM: a row per item, `ord` its place from 1, with the outcome and the stored start. */
  readonly rows: string;
  /** Of the parameters from $1 on. */
  readonly values: readonly unknown[];
  /** Reads a row whose columns were selected as they are. */
  readonly read: (row: object) => Settled;
};

type OutcomeRow = {
  ord: bigint;
  outcome: SettleOutcome["kind"];
  credits: bigint | null;
  cost_micro_usd: bigint | null;
};

const ROWS = `ledger_settle(
  p_org => $1::uuid[], p_channel => $2::channel[], p_ref => $3::text[], p_cost => $4::bigint[], p_credits => $5::bigint[],
  p_spend => $6::bigint[], p_counted => $7::boolean[], p_mode => $8::interaction_mode[], p_level => $9::smallint[],
  p_reason => $10::text[], p_billable => $11::boolean[], p_fallback => $12::boolean[], p_fail_open => $13::boolean[],
  p_started_at => $14::timestamptz[], p_rate => $15, p_at => $16, p_day => $17)`;

/** How up to a few hundred interactions are settled. A key may stand in `items` once. */
export function settlementOf(items: readonly SettleItem[], posting: SettlePosting): Settlement {
  const column = (pick: (item: SettleItem) => Literal): string => arrayLiteral(items, pick);
  return {
    rows: ROWS,
    values: [
      column((item) => item.orgId),
      column((item) => item.channel),
      column((item) => item.providerRef),
      column((item) => item.cost),
      column((item) => item.microcredits),
      column((item) => item.spend),
      column((item) => item.counted),
      column((item) => item.start.mode),
      column((item) => item.start.level),
      column((item) => item.start.reason),
      column((item) => item.start.billable),
      column((item) => item.start.isFallback),
      column((item) => item.start.failOpen),
      column((item) => item.start.startedAt),
      posting.rateVersion,
      posting.at,
      posting.day,
    ],
    read: (row) => toSettled(row as OutcomeRow & StartRow),
  };
}

/** Settles them in one round trip and a transaction of their own. */
export async function settleBatch(
  items: readonly SettleItem[],
  posting: SettlePosting,
): Promise<SettleOutcome[]> {
  const { rows, values } = settlementOf(items, posting);
  const result = await pool().query<OutcomeRow>({
    ...preparedName("ledger_settle"),
    text: `SELECT ord, outcome, credits, cost_micro_usd FROM ${rows}`,
    values: [...values],
  });
  const outcomes = items.map((): SettleOutcome => ({ kind: "no_account" }));
  for (const row of result.rows) outcomes[Number(row.ord) - 1] = toOutcome(row);
  return outcomes;
}

const toSettled = (row: OutcomeRow & StartRow): Settled => ({
  outcome: toOutcome(row),
  start: row.outcome === "no_account" ? undefined : toStart(row),
});

function toOutcome(row: OutcomeRow): SettleOutcome {
  const charged = microcredits(row.credits ?? 0n);
  if (row.outcome === "no_account") return { kind: "no_account" };
  if (row.outcome === "conflict")
    return { kind: "conflict", microcredits: charged, settledCost: row.cost_micro_usd ?? 0n };
  return { kind: row.outcome, microcredits: charged };
}
