import { pool, type Queryable } from "@/lib/db/pool";
import type { PauseReason, RestReason } from "../core/decide-top-up";

/** What an organisation has configured, and what has become of it. */
export type TopUp = {
  readonly orgId: string;
  readonly enabled: boolean;
  /** Microcredits. */
  readonly threshold: bigint;
  readonly packId: string;
  /** Null: no limit. */
  readonly monthlyLimitPence: number | null;
  readonly consentId: string;
  /** What was agreed to be charged, and what for in microcredits. */
  readonly agreedPence: number;
  readonly agreedCredits: bigint;
  readonly pausedReason: PauseReason | null;
  readonly restUntil: Date | null;
  readonly restReason: RestReason | null;
  /** In a row. */
  readonly failures: number;
  readonly failedFingerprint: string | null;
  readonly version: number;
};

/** Undefined where it was never configured. Whoever changes it holds the account's lock. */
export async function findTopUp(orgId: string, db: Queryable = pool()): Promise<TopUp | undefined> {
  const { rows } = await db.query<TopUp>(
    `SELECT top_up.org_id AS "orgId", enabled, top_up.threshold, top_up.pack_id AS "packId",
            top_up.monthly_limit_pence AS "monthlyLimitPence", consent_id AS "consentId",
            consent.price_pence AS "agreedPence", consent.credits AS "agreedCredits", paused_reason AS "pausedReason",
            rest_until AS "restUntil", rest_reason AS "restReason", failures, failed_fingerprint AS "failedFingerprint", version
     FROM top_up JOIN top_up_consent AS consent ON consent.org_id = top_up.org_id AND consent.id = top_up.consent_id
     WHERE top_up.org_id = $1`,
    [orgId],
  );
  return rows[0];
}

export type Consent = {
  readonly orgId: string;
  readonly id: string;
  readonly userId: string;
  readonly givenAt: Date;
  readonly threshold: bigint;
  readonly packId: string;
  readonly packName: string;
  readonly microcredits: bigint;
  readonly pricePence: number;
  readonly monthlyLimitPence: number | null;
  readonly words: string;
};

/** Keeps what a member has agreed to, for ever. */
export async function insertConsent(tx: Queryable, consent: Consent): Promise<void> {
  await tx.query(
    `INSERT INTO top_up_consent (org_id, id, user_id, given_at, threshold, pack_id, pack_name, credits, price_pence,
                                 monthly_limit_pence, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      consent.orgId,
      consent.id,
      consent.userId,
      consent.givenAt,
      consent.threshold,
      consent.packId,
      consent.packName,
      consent.microcredits,
      consent.pricePence,
      consent.monthlyLimitPence,
      consent.words,
    ],
  );
}

/** Switches it on as a consent says, free of every pause and rest. */
export async function switchOn(tx: Queryable, consent: Consent): Promise<void> {
  await tx.query(
    `INSERT INTO top_up (org_id, enabled, threshold, pack_id, monthly_limit_pence, consent_id, version, saved_at)
     VALUES ($1, true, $2, $3, $4, $5, 1, $6)
     ON CONFLICT (org_id) DO UPDATE
     SET enabled = true, threshold = excluded.threshold, pack_id = excluded.pack_id,
         monthly_limit_pence = excluded.monthly_limit_pence, consent_id = excluded.consent_id, paused_reason = NULL,
         rest_until = NULL, rest_reason = NULL, failures = 0, failed_fingerprint = NULL, version = top_up.version + 1,
         saved_at = excluded.saved_at`,
    [
      consent.orgId,
      consent.threshold,
      consent.packId,
      consent.monthlyLimitPence,
      consent.id,
      consent.givenAt,
    ],
  );
}

/** Switches it off; what was configured stays, for the next time. */
export async function switchOff(tx: Queryable, orgId: string, at: Date): Promise<void> {
  await tx.query(
    `UPDATE top_up SET enabled = false, paused_reason = NULL, rest_until = NULL, rest_reason = NULL, failures = 0,
       failed_fingerprint = NULL, version = version + 1, saved_at = $2
     WHERE org_id = $1`,
    [orgId, at],
  );
}

export type Trouble = {
  readonly failures: number;
  readonly failedFingerprint: string | null;
  readonly pausedReason: PauseReason | null;
  readonly restUntil: Date | null;
  readonly restReason: RestReason | null;
};

const NO_TROUBLE: Trouble = {
  failures: 0,
  failedFingerprint: null,
  pausedReason: null,
  restUntil: null,
  restReason: null,
};

/** Writes what a failure led to; without `trouble` every pause, rest and count of failures is over. */
export async function writeTrouble(
  tx: Queryable,
  orgId: string,
  trouble: Trouble = NO_TROUBLE,
): Promise<void> {
  await tx.query(
    `UPDATE top_up SET failures = $2, failed_fingerprint = $3, paused_reason = $4, rest_until = $5, rest_reason = $6
     WHERE org_id = $1`,
    [
      orgId,
      trouble.failures,
      trouble.failedFingerprint,
      trouble.pausedReason,
      trouble.restUntil,
      trouble.restReason,
    ],
  );
}

/**
 * Organisations below their threshold that only the month's limit, or a lost job, can have kept from a charge: not
 * paused, not resting, nothing under way. In the order of their ids, from behind `after`.
 */
export async function overlookedTopUps(
  at: Date,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT top_up.org_id AS "orgId" FROM top_up JOIN credit_account AS account ON account.org_id = top_up.org_id
     WHERE top_up.enabled AND top_up.paused_reason IS NULL AND (top_up.rest_until IS NULL OR top_up.rest_until <= $1)
       AND account.balance < top_up.threshold AND account.frozen_at IS NULL
       AND ($3::uuid IS NULL OR top_up.org_id > $3)
       AND NOT EXISTS (SELECT FROM top_up_attempt AS attempt
                       WHERE attempt.org_id = top_up.org_id AND attempt.status = 'open')
     ORDER BY top_up.org_id LIMIT $2`,
    [at, limit, after],
  );
  return rows.map(({ orgId }) => orgId);
}
