import { pool, type Queryable } from "@/lib/db/pool";
import type { InteractionKey } from "../interaction";

export type LotKind = "monthly" | "gifted" | "purchased";

export type EntryKind = "grant" | "usage" | "expiry" | "reversal" | "adjustment";

/** Who posts, when and why: the same on every line of a posting. */
export type Stamp = { readonly at: Date; readonly actor: string; readonly reason: string | null };

export type Lot = {
  readonly id: bigint;
  readonly kind: LotKind;
  readonly granted: bigint;
  readonly remaining: bigint;
  readonly reversed: bigint;
  /** null: never. */
  readonly expiresAt: Date | null;
  readonly sourceKey: string;
};

const LOT_COLUMNS = `id, kind, granted, remaining, reversed, NULLIF(expires_at, 'infinity') AS "expiresAt", source_key AS "sourceKey"`;

/** Opens a lot and credits it (microcredits); returns its id. The account must be locked. */
export async function postGrant(
  tx: Queryable,
  grant: {
    orgId: string;
    kind: LotKind;
    amount: bigint;
    sourceKey: string;
    effectiveAt: Date;
    expiresAt: Date | null;
  },
  stamp: Stamp,
): Promise<bigint> {
  const { rows } = await tx.query<{ lot: bigint }>(
    `SELECT ledger_grant(p_org => $1, p_kind => $2, p_amount => $3, p_source_key => $4, p_effective_at => $5,
       p_expires_at => $6, p_at => $7, p_actor => $8, p_reason => $9) AS lot`,
    [
      grant.orgId,
      grant.kind,
      grant.amount,
      grant.sourceKey,
      grant.effectiveAt,
      grant.expiresAt,
      stamp.at,
      stamp.actor,
      stamp.reason,
    ],
  );
  const lot = rows[0]?.lot;
  if (lot === undefined) throw new Error("ledger_grant returned no lot");
  return lot;
}

/** Takes microcredits along the draw order, `firstLot` before all others; the rest is overdraft. The account must be locked. */
export async function postDebit(
  tx: Queryable,
  debit: { orgId: string; kind: EntryKind; cause: string; amount: bigint; firstLot?: bigint },
  stamp: Stamp,
): Promise<void> {
  await tx.query(
    `SELECT ledger_debit(p_kind => $1, p_org => ARRAY[$2::uuid], p_cause => ARRAY[$3::text], p_amount => ARRAY[$4::bigint],
       p_spend => ARRAY[0::bigint], p_at => $5, p_first_lot => $6, p_actor => $7, p_reason => $8)`,
    [
      debit.kind,
      debit.orgId,
      debit.cause,
      debit.amount,
      stamp.at,
      debit.firstLot ?? null,
      stamp.actor,
      stamp.reason,
    ],
  );
}

/** Posts the expiry of lots, one line each. A lot can be given credits back and expire again: the sequence tells them apart. */
export async function postExpiries(
  tx: Queryable,
  account: { orgId: string; entrySeq: bigint },
  lots: readonly Lot[],
  stamp: Stamp,
): Promise<void> {
  for (const [index, lot] of lots.entries()) {
    const cause = `expiry:${lot.id}@${account.entrySeq + BigInt(index) + 1n}`;
    await postDebit(
      tx,
      { orgId: account.orgId, kind: "expiry", cause, amount: lot.remaining, firstLot: lot.id },
      stamp,
    );
  }
}

/** Gives microcredits: settles overdraft first, then fills each lot by its amount. The account must be locked. */
export async function postCredit(
  tx: Queryable,
  credit: {
    orgId: string;
    kind: EntryKind;
    cause: string;
    lots: readonly { id: bigint | null; amount: bigint }[];
  },
  stamp: Stamp,
): Promise<void> {
  await tx.query(
    `SELECT ledger_credit(p_kind => $1, p_org => $2, p_cause => $3, p_lot => $4::bigint[], p_amount => $5::bigint[],
       p_at => $6, p_actor => $7, p_reason => $8)`,
    [
      credit.kind,
      credit.orgId,
      credit.cause,
      credit.lots.map((lot) => lot.id),
      credit.lots.map((lot) => lot.amount),
      stamp.at,
      stamp.actor,
      stamp.reason,
    ],
  );
}

/** The lot that a source key opened; undefined where it opened none. */
export async function findLot(tx: Queryable, orgId: string, sourceKey: string): Promise<Lot | undefined> {
  const { rows } = await tx.query<Lot>(
    `SELECT ${LOT_COLUMNS} FROM credit_lot WHERE org_id = $1 AND source_key = $2`,
    [orgId, sourceKey],
  );
  return rows[0];
}

/** The lots that a source key opened, and keys which go on from it after a colon. */
export async function lotsUnder(
  tx: Queryable,
  orgId: string,
  key: string,
): Promise<{ readonly sourceKey: string; readonly granted: bigint }[]> {
  const { rows } = await tx.query<{ sourceKey: string; granted: bigint }>(
    `SELECT source_key AS "sourceKey", granted FROM credit_lot
     WHERE org_id = $1 AND (source_key = $2 OR starts_with(source_key, $2 || ':'))`,
    [orgId, key],
  );
  return rows;
}

/** Every lot that an organisation has had, in the order of the draw. */
export async function allLots(tx: Queryable, orgId: string): Promise<Lot[]> {
  const { rows } = await tx.query<Lot>(
    `SELECT ${LOT_COLUMNS} FROM credit_lot WHERE org_id = $1 ORDER BY kind, expires_at, id`,
    [orgId],
  );
  return rows;
}

/** How much overdraft each of these grants settled, by source key; one that settled none is left out. */
export async function overdraftSettledBy(
  orgId: string,
  sourceKeys: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await pool().query<{ cause: string; amount: bigint }>(
    `SELECT cause, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE cause = ANY ($2::text[]) AND org_id = $1 AND kind = 'grant' AND lot_id IS NULL GROUP BY cause`,
    [orgId, sourceKeys],
  );
  return new Map(rows.map(({ cause, amount }) => [cause, amount]));
}

/**
 * How much of an open overdraft the last grant settled, where that was a purchase and left the balance below 0; else 0.
 * Whatever was granted before or since has to do with another overdraft.
 */
export async function settledByTooSmallPurchase(orgId: string): Promise<bigint> {
  const { rows } = await pool().query<{ settled: bigint | null }>(
    `SELECT sum(posted.amount)::bigint AS settled
     FROM (SELECT kind, source_key FROM credit_lot WHERE org_id = $1 ORDER BY id DESC LIMIT 1) AS latest
     JOIN ledger_entry AS posted ON posted.cause = latest.source_key AND posted.org_id = $1 AND posted.kind = 'grant'
     WHERE latest.kind = 'purchased' HAVING max(posted.balance_after) < 0`,
    [orgId],
  );
  return rows[0]?.settled ?? 0n;
}

/** Open lots in the order of the draw. */
export async function openLots(tx: Queryable, orgId: string): Promise<Lot[]> {
  const { rows } = await tx.query<Lot>(
    `SELECT ${LOT_COLUMNS} FROM credit_lot WHERE org_id = $1 AND open ORDER BY kind, expires_at, id`,
    [orgId],
  );
  return rows;
}

/** Writes down how much of a grant has been taken back in all, microcredits. The account must be locked. */
export async function recordReversed(
  tx: Queryable,
  orgId: string,
  lotId: bigint,
  reversed: bigint,
): Promise<void> {
  await tx.query(`UPDATE credit_lot SET reversed = $3 WHERE org_id = $1 AND id = $2`, [
    orgId,
    lotId,
    reversed,
  ]);
}

export type Line = { readonly seq: bigint; readonly lotId: bigint | null; readonly amount: bigint };

/** The lines that one cause other than a usage's posted, in sequence. */
export async function linesOf(
  tx: Queryable,
  orgId: string,
  kind: Exclude<EntryKind, "usage">,
  cause: string,
): Promise<Line[]> {
  const { rows } = await tx.query<Line>(
    `SELECT seq, lot_id AS "lotId", amount FROM ledger_entry WHERE cause = $3 AND org_id = $1 AND kind = $2 ORDER BY seq`,
    [orgId, kind, cause],
  );
  return rows;
}

/** An account's balance, microcredits; 0 where there is no account. */
export async function balanceOf(tx: Queryable, orgId: string): Promise<bigint> {
  const { rows } = await tx.query<{ balance: bigint }>(
    `SELECT balance FROM credit_account WHERE org_id = $1`,
    [orgId],
  );
  return rows[0]?.balance ?? 0n;
}

/**
 * The lines that an interaction's usage posted, in sequence. They are found by the moment at which it settled. The organisation
 * is compared in a way that no index serves: the planner would read the keys of all its entries beside that moment's.
 */
export async function usageLinesOf(tx: Queryable, key: InteractionKey, cause: string): Promise<Line[]> {
  const { rows } = await tx.query<Line>(
    `SELECT seq, lot_id AS "lotId", amount FROM ledger_entry
     WHERE posted_at = (SELECT settled_at FROM interaction WHERE org_id = $1 AND channel = $2 AND provider_ref = $3)
       AND org_id IS NOT DISTINCT FROM $1 AND kind = 'usage' AND cause = $4 ORDER BY seq`,
    [key.orgId, key.channel, key.providerRef, cause],
  );
  return rows;
}
