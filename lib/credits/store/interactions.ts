import { arrayLiteral, type Literal } from "@/lib/db/array-literal";
import { pool, preparedName, type Queryable } from "@/lib/db/pool";
import type { DegradationReason } from "../core/decide-gate";
import type { Channel } from "../core/price-usage";
import type { InteractionKey, InteractionStart, StartInput } from "../interaction";

export type StartRow = {
  mode: InteractionStart["mode"];
  level: InteractionStart["level"];
  reason: DegradationReason | null;
  billable: boolean;
  is_fallback: boolean;
  fail_open: boolean;
  started_at: Date;
};

type Row = StartRow & { settled_at: Date | null };

export type StoredInteraction = InteractionStart & { readonly settledAt: Date | null };

const COLUMNS = "mode, level, reason, billable, is_fallback, fail_open, started_at, settled_at";

/** `started` with the start that was given, `repeated` with the one that was stored before. */
export type StartOutcome =
  | { readonly kind: "started" | "repeated"; readonly start: StoredInteraction }
  | { readonly kind: "no_account" };

/** Storing starts as a part of a statement that writes more. */
export type Starting = {
  /** What stands behind FROM: a row per item whose organisation has an account, `ord` its place from 1. */
  readonly rows: string;
  /** Of the parameters from $1 on. */
  readonly values: readonly string[];
  /** Reads a row whose columns were selected as they are. */
  readonly read: (row: object) => StartOutcome;
};

const ROWS = `interaction_start(
  p_org => $1::uuid[], p_channel => $2::channel[], p_ref => $3::text[], p_mode => $4::interaction_mode[],
  p_level => $5::smallint[], p_reason => $6::text[], p_billable => $7::boolean[], p_fallback => $8::boolean[],
  p_fail_open => $9::boolean[], p_started_at => $10::timestamptz[])`;

/** How up to a few hundred starts are stored. A key may stand in `items` once. */
export function startingOf(items: readonly StartInput[]): Starting {
  const column = (pick: (item: StartInput) => Literal): string => arrayLiteral(items, pick);
  return {
    rows: ROWS,
    values: [
      column((item) => item.orgId),
      column((item) => item.channel),
      column((item) => item.providerRef),
      column((item) => item.start.mode),
      column((item) => item.start.level),
      column((item) => item.start.reason),
      column((item) => item.start.billable),
      column((item) => item.start.isFallback),
      column((item) => item.start.failOpen),
      column((item) => item.start.startedAt),
    ],
    read: (row) => {
      const found = row as Row & { is_new: boolean };
      return { kind: found.is_new ? "started" : "repeated", start: toInteraction(found) };
    },
  };
}

/** Stores one start in a round trip of its own. */
export async function storeStart(item: StartInput, db: Queryable = pool()): Promise<StartOutcome> {
  const [outcome] = await storeStarts([item], db);
  return outcome ?? { kind: "no_account" };
}

/** Stores starts in one round trip; an outcome for each whose organisation has an account. A key may stand in `items` once. */
export async function storeStarts(items: readonly StartInput[], db: Queryable): Promise<StartOutcome[]> {
  const { rows: from, values, read } = startingOf(items);
  const { rows } = await db.query<object>({
    ...preparedName("interaction_start"),
    text: `SELECT * FROM ${from}`,
    values: [...values],
  });
  return rows.map(read);
}

/** An interaction as it started and, perhaps, was settled; undefined where its start was never stored. */
export async function findStart(
  key: InteractionKey,
  db: Queryable = pool(),
): Promise<StoredInteraction | undefined> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM interaction WHERE org_id = $1 AND channel = $2 AND provider_ref = $3`,
    [key.orgId, key.channel, key.providerRef],
  );
  return rows[0] && toInteraction(rows[0]);
}

/** A start from the columns of its interaction. */
export const toStart = (row: StartRow): InteractionStart => ({
  mode: row.mode,
  level: row.level,
  reason: row.reason,
  billable: row.billable,
  isFallback: row.is_fallback,
  failOpen: row.fail_open,
  startedAt: row.started_at,
});

const toInteraction = (row: Row): StoredInteraction => ({ ...toStart(row), settledAt: row.settled_at });

/** Interactions of these channels that started in a span of time and were never settled, oldest first. */
export async function listUnsettled<C extends Channel>(
  channels: readonly C[],
  startedAt: { readonly after: Date; readonly before: Date },
  limit: number,
): Promise<(InteractionKey & { channel: C; start: InteractionStart })[]> {
  const { rows } = await pool().query<Row & { org_id: string; channel: C; provider_ref: string }>(
    `SELECT org_id, channel, provider_ref, ${COLUMNS} FROM interaction
     WHERE settled_at IS NULL AND channel = ANY ($1::channel[]) AND started_at > $2 AND started_at < $3
     ORDER BY started_at LIMIT $4`,
    [channels, startedAt.after, startedAt.before, limit],
  );
  return rows.map((row) => ({
    orgId: row.org_id,
    channel: row.channel,
    providerRef: row.provider_ref,
    start: toInteraction(row),
  }));
}

/** Marks interactions that started in a span of time and were never settled as given up, each once; returns those. */
export async function markGivenUp(
  startedAt: { readonly after: Date; readonly before: Date },
  at: Date,
  limit: number,
): Promise<(InteractionKey & { readonly startedAt: Date })[]> {
  const { rows } = await pool().query<InteractionKey & { startedAt: Date }>(
    `UPDATE interaction AS stored SET given_up_at = $3
     FROM (
       SELECT org_id, channel, provider_ref FROM interaction
       WHERE settled_at IS NULL AND given_up_at IS NULL AND started_at > $1 AND started_at < $2
       LIMIT $4 FOR UPDATE SKIP LOCKED
     ) AS old
     WHERE stored.org_id = old.org_id AND stored.channel = old.channel AND stored.provider_ref = old.provider_ref
     RETURNING stored.org_id AS "orgId", stored.channel, stored.provider_ref AS "providerRef",
               stored.started_at AS "startedAt"`,
    [startedAt.after, startedAt.before, at, limit],
  );
  return rows;
}

/** Interactions that were given up since a moment and have not been settled after all, latest first. */
export async function givenUpSince(
  since: Date,
  limit: number,
): Promise<(InteractionKey & { readonly startedAt: Date })[]> {
  const { rows } = await pool().query<InteractionKey & { startedAt: Date }>(
    `SELECT org_id AS "orgId", channel, provider_ref AS "providerRef", started_at AS "startedAt" FROM interaction
     WHERE given_up_at >= $1 AND settled_at IS NULL AND started_at >= $1::timestamptz - interval '70 days'
     ORDER BY started_at DESC LIMIT $2`,
    [since, limit],
  );
  return rows;
}
