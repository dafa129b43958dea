import { pool, type Queryable } from "@/lib/db/pool";
import type { FailureReason, WithdrawnReason } from "../core/decide-top-up";

export type AttemptStatus = "open" | "paid" | "failed" | "needs_authentication" | "withdrawn";

/** One charge by auto top-up: the order that it pays, and how far it has come. */
export type Attempt = {
  readonly orgId: string;
  readonly id: string;
  readonly orderId: string;
  readonly consentId: string;
  /** The saved card by itself, or the cardholder on a page of Stripe's. */
  readonly via: "charge" | "link";
  /** The link that led to the page. */
  readonly linkId: string | null;
  readonly claimedAt: Date;
  /** "2026-11": the London month whose limit it counts towards. */
  readonly month: string;
  readonly pricePence: number;
  readonly status: AttemptStatus;
  readonly reason: FailureReason | WithdrawnReason | null;
  readonly customerId: string | null;
  readonly paymentIntentId: string | null;
  readonly paymentMethodId: string | null;
  readonly cardFingerprint: string | null;
  /** When it was decided, under the account's lock, that the card is charged: from then on Stripe says what became of it. */
  readonly sentAt: Date | null;
};

const COLUMNS = `org_id AS "orgId", id, order_id AS "orderId", consent_id AS "consentId", via, claimed_at AS "claimedAt", month,
  price_pence AS "pricePence", status, reason, customer_id AS "customerId", payment_intent_id AS "paymentIntentId",
  payment_method_id AS "paymentMethodId", card_fingerprint AS "cardFingerprint", sent_at AS "sentAt", link_id AS "linkId"`;

export type NewAttempt = Pick<
  Attempt,
  "orgId" | "id" | "orderId" | "consentId" | "via" | "linkId" | "claimedAt" | "month" | "pricePence"
>;

/** Claims the organisation's one open attempt. False where there is one already. */
export async function claimAttempt(tx: Queryable, attempt: NewAttempt): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO top_up_attempt (org_id, id, order_id, consent_id, via, claimed_at, month, price_pence, link_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id) WHERE status = 'open' DO NOTHING`,
    [
      attempt.orgId,
      attempt.id,
      attempt.orderId,
      attempt.consentId,
      attempt.via,
      attempt.claimedAt,
      attempt.month,
      attempt.pricePence,
      attempt.linkId,
    ],
  );
  return rowCount === 1;
}

async function find(
  db: Queryable,
  orgId: string,
  where: string,
  values: readonly unknown[] = [],
): Promise<Attempt | undefined> {
  const { rows } = await db.query<Attempt>(
    `SELECT ${COLUMNS} FROM top_up_attempt WHERE org_id = $1 AND ${where} LIMIT 1`,
    [orgId, ...values],
  );
  return rows[0];
}

/** An attempt by its own id. */
export const findAttempt = (
  orgId: string,
  id: string,
  db: Queryable = pool(),
): Promise<Attempt | undefined> => find(db, orgId, "id = $2", [id]);

/** The attempt that an order was made for. */
export const findAttemptOfOrder = (
  orgId: string,
  orderId: string,
  db: Queryable = pool(),
): Promise<Attempt | undefined> => find(db, orgId, "order_id = $2", [orderId]);

/** The charge that is under way. */
export const findOpenAttempt = (orgId: string, db: Queryable = pool()): Promise<Attempt | undefined> =>
  find(db, orgId, "status = 'open'");

/** The one that ended last. */
export const findLastAttempt = (orgId: string): Promise<Attempt | undefined> =>
  find(pool(), orgId, "status IN ('paid', 'failed', 'needs_authentication') ORDER BY ended_at DESC, id DESC");

/** Keeps the customer who is charged: the first one named, which is returned. */
export async function keepCustomerOf(attempt: Attempt, customerId: string): Promise<string> {
  const { rows } = await pool().query<{ customerId: string }>(
    `UPDATE top_up_attempt SET customer_id = coalesce(customer_id, $3) WHERE org_id = $1 AND id = $2
     RETURNING customer_id AS "customerId"`,
    [attempt.orgId, attempt.id, customerId],
  );
  return rows[0]?.customerId ?? customerId;
}

/** Keeps the payment that an open attempt made at Stripe. False where the attempt has ended. */
export async function keepIntent(attempt: Attempt, paymentIntentId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE top_up_attempt SET payment_intent_id = $3
     WHERE org_id = $1 AND id = $2 AND status = 'open' AND coalesce(payment_intent_id, $3) = $3`,
    [attempt.orgId, attempt.id, paymentIntentId],
  );
  return rowCount === 1;
}

/** The card that is charged. */
export type ChargedCard = {
  readonly paymentMethodId: string;
  /** The same for every saving of one card. */
  readonly fingerprint: string;
  readonly brand: string;
  readonly last4: string;
};

/**
 * Records that an open attempt is sent, and the card that it tries. Returns which try it is, from 1; undefined where the attempt
 * has ended. Under the account's lock: what ends an unsent attempt holds it, too.
 */
export async function markSent(
  tx: Queryable,
  attempt: Attempt,
  card: ChargedCard,
  at: Date,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ tries: number }>(
    `UPDATE top_up_attempt
     SET sent_at = coalesce(sent_at, $6), payment_method_id = $3, card_fingerprint = $4, card_last4 = $5, tries = tries + 1
     WHERE org_id = $1 AND id = $2 AND status = 'open' RETURNING tries`,
    [attempt.orgId, attempt.id, card.paymentMethodId, card.fingerprint, card.last4, at],
  );
  return rows[0]?.tries;
}

/** Ends an attempt. False where it had ended; what was paid is paid, whatever it had been taken for. */
export async function endAttempt(
  tx: Queryable,
  attempt: Pick<Attempt, "orgId" | "id">,
  end: {
    readonly status: Exclude<AttemptStatus, "open">;
    readonly reason: Attempt["reason"];
    readonly at: Date;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE top_up_attempt SET status = $3, reason = $4, ended_at = $5
     WHERE org_id = $1 AND id = $2 AND (status = 'open' OR $3 = 'paid' AND status <> 'paid')`,
    [attempt.orgId, attempt.id, end.status, end.reason, end.at],
  );
  return rowCount === 1;
}

export type MonthTotals = {
  /** Charged, or claimed to be. */
  readonly reservedPence: number;
  readonly paidCount: number;
  readonly paidPence: number;
};

/** What counts towards a London month. */
export async function monthTotals(
  orgId: string,
  month: string,
  db: Queryable = pool(),
): Promise<MonthTotals> {
  const { rows } = await db.query<MonthTotals>(
    `SELECT coalesce(sum(price_pence), 0)::int AS "reservedPence",
            (count(*) FILTER (WHERE status = 'paid'))::int AS "paidCount",
            coalesce(sum(price_pence) FILTER (WHERE status = 'paid'), 0)::int AS "paidPence"
     FROM top_up_attempt WHERE org_id = $1 AND month = $2 AND status IN ('open', 'paid')`,
    [orgId, month],
  );
  return rows[0] ?? { reservedPence: 0, paidCount: 0, paidPence: 0 };
}

/** How many charges were begun since a moment, and have not failed. */
export async function chargesSince(tx: Queryable, orgId: string, since: Date): Promise<number> {
  const { rows } = await tx.query<{ charges: number }>(
    `SELECT count(*)::int AS charges FROM top_up_attempt
     WHERE org_id = $1 AND claimed_at > $2 AND status IN ('open', 'paid')`,
    [orgId, since],
  );
  return rows[0]?.charges ?? 0;
}

/** When the latest paid one was paid. */
export async function lastPaidAt(orgId: string): Promise<Date | undefined> {
  const { rows } = await pool().query<{ at: Date | null }>(
    "SELECT max(ended_at) AS at FROM top_up_attempt WHERE org_id = $1 AND status = 'paid'",
    [orgId],
  );
  return rows[0]?.at ?? undefined;
}

/** An attempt as the activity shows it. */
export type AttemptLine = Pick<Attempt, "id" | "via" | "claimedAt" | "status" | "reason" | "pricePence"> & {
  readonly endedAt: Date | null;
  readonly packName: string;
  readonly microcredits: bigint;
  readonly cardLast4: string | null;
  readonly consentAt: Date;
  /** Who agreed; null where their account is gone. */
  readonly consentBy: string | null;
  readonly consentWords: string;
  /** Where the bank wanted its cardholder: what became of the link that the owners got. */
  readonly confirmation: Confirmation | null;
};

/** Of a payment that the bank wants confirmed: the link is live, was paid, or ended otherwise. */
export type Confirmation = "waiting" | "confirmed" | "ended";

/** An organisation's attempts with what they stood on, and what became of them at `now`; latest first. */
export async function listAttempts(orgId: string, limit: number, now: Date): Promise<AttemptLine[]> {
  const { rows } = await pool().query<AttemptLine>(
    `SELECT attempt.id, attempt.via, attempt.claimed_at AS "claimedAt", attempt.status, attempt.reason,
            attempt.price_pence AS "pricePence", attempt.ended_at AS "endedAt", attempt.card_last4 AS "cardLast4",
            ordered.pack_name AS "packName", ordered.credits AS microcredits, consent.given_at AS "consentAt",
            consent.words AS "consentWords", person.name AS "consentBy",
            CASE WHEN attempt.status <> 'needs_authentication' THEN NULL
                 WHEN EXISTS (SELECT FROM top_up_attempt AS again WHERE again.org_id = attempt.org_id
                   AND again.link_id = link.id AND again.status = 'paid') THEN 'confirmed'
                 WHEN link.ended_at IS NULL AND link.expires_at > $3 THEN 'waiting'
                 ELSE 'ended' END AS confirmation
     FROM top_up_attempt AS attempt
     JOIN credit_order AS ordered ON ordered.org_id = attempt.org_id AND ordered.id = attempt.order_id
     JOIN top_up_consent AS consent ON consent.org_id = attempt.org_id AND consent.id = attempt.consent_id
     LEFT JOIN "user" AS person ON person.id = consent.user_id
     LEFT JOIN top_up_link AS link ON link.org_id = attempt.org_id AND link.attempt_id = attempt.id
     WHERE attempt.org_id = $1 ORDER BY attempt.claimed_at DESC, attempt.id DESC LIMIT $2`,
    [orgId, limit, now],
  );
  return rows;
}

/** Attempts that have not ended although they were claimed before a moment, oldest first, of all organisations. */
export async function unfinishedAttempts(before: Date, limit: number): Promise<Attempt[]> {
  const { rows } = await pool().query<Attempt>(
    `SELECT ${COLUMNS} FROM top_up_attempt WHERE status = 'open' AND claimed_at < $1 ORDER BY claimed_at LIMIT $2`,
    [before, limit],
  );
  return rows;
}
