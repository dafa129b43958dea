import type { Queryable } from "@/lib/db/pool";
import type { EntryKind } from "./postings";

export type DrawEntry = {
  readonly kind: EntryKind;
  readonly cause: string;
  readonly lotId: bigint | null;
  /** Microcredits: below 0 taken, above 0 given. */
  readonly amount: bigint;
};

/**
 * The entries that say who is without which credits, in sequence: all that moved the overdraft, all reversals, and the
 * usage that was reversed, or that `usageCause` names. Usage is posted at the moment at which its interaction settles, and is
 * found by that alone (see `usageLinesOf`). The account must be locked.
 */
export async function drawEntries(
  tx: Queryable,
  orgId: string,
  usageCause: string | null,
): Promise<DrawEntry[]> {
  const { rows } = await tx.query<DrawEntry>(
    `WITH moved AS (
       SELECT seq, kind, cause, lot_id, amount FROM ledger_entry
       WHERE org_id = $1 AND (kind = 'reversal' OR lot_id IS NULL)
     ), named AS (
       SELECT substr(cause, length('reversal:') + 1) AS cause FROM moved WHERE kind = 'reversal' UNION SELECT $2
     ), parsed AS (
       SELECT cause, regexp_match(cause, '^interaction:([^:]+):(.*)$') AS key FROM named
     ), reversed AS (
       SELECT parsed.cause, settled.settled_at
       FROM parsed JOIN interaction AS settled ON settled.channel = parsed.key[1]::channel AND settled.provider_ref = parsed.key[2]
       WHERE settled.org_id = $1
     ), entry AS (
       SELECT seq, kind, cause, lot_id, amount FROM moved
       UNION
       SELECT used.seq, used.kind, used.cause, used.lot_id, used.amount
       FROM reversed CROSS JOIN LATERAL (
         SELECT seq, kind, cause, lot_id, amount FROM ledger_entry
         WHERE posted_at = reversed.settled_at AND cause = reversed.cause AND org_id IS NOT DISTINCT FROM $1 AND kind = 'usage'
         OFFSET 0
       ) AS used
     )
     SELECT kind, cause, lot_id AS "lotId", amount FROM entry ORDER BY seq`,
    [orgId, usageCause],
  );
  return rows;
}
