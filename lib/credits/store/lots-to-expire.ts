import { pool } from "@/lib/db/pool";
import type { SubscriptionState } from "../core/subscription";

/** A gifted lot, and what is left of it in microcredits. */
export type ExpiringGift = {
  readonly orgId: string;
  readonly lotId: bigint;
  readonly remaining: bigint;
  readonly expiresAt: Date;
};

/** Open gifted lots of unfrozen organisations in one of these states, by organisation and lot, after the one given. */
export async function giftsExpiringBefore(wanted: {
  readonly states: readonly SubscriptionState[];
  readonly from: Date;
  readonly until: Date;
  readonly atLeast: bigint;
  readonly limit: number;
  readonly after: ExpiringGift | undefined;
}): Promise<ExpiringGift[]> {
  const { states, from, until, atLeast, limit, after } = wanted;
  const { rows } = await pool().query<ExpiringGift>(
    `SELECT lot.org_id AS "orgId", lot.id AS "lotId", lot.remaining, lot.expires_at AS "expiresAt"
     FROM credit_lot AS lot JOIN credit_account AS account ON account.org_id = lot.org_id
     WHERE lot.open AND lot.kind = 'gifted' AND lot.expires_at > $1 AND lot.expires_at <= $2 AND lot.remaining >= $3
       AND account.frozen_at IS NULL AND account.state::text = ANY ($7)
       AND ($4::uuid IS NULL OR (lot.org_id, lot.id) > ($4::uuid, $5::bigint))
     ORDER BY lot.org_id, lot.id LIMIT $6`,
    [from, until, atLeast, after?.orgId ?? null, after?.lotId ?? null, limit, states],
  );
  return rows;
}
