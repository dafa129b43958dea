import { pool, type Queryable } from "@/lib/db/pool";

/** Where a cardholder authenticates a payment for which their bank asked. */
export type TopUpLink = {
  readonly orgId: string;
  readonly id: string;
  readonly attemptId: string;
  readonly expiresAt: Date;
  /** Paid, or replaced by something the owner did. */
  readonly endedAt: Date | null;
  readonly outcome: "paid" | "replaced" | null;
};

const COLUMNS = `org_id AS "orgId", id, attempt_id AS "attemptId", expires_at AS "expiresAt", ended_at AS "endedAt", outcome`;

/** Makes the organisation's one live link; an earlier one ends. */
export async function insertLink(
  tx: Queryable,
  link: Omit<TopUpLink, "endedAt" | "outcome"> & { readonly tokenHash: string; readonly madeAt: Date },
): Promise<void> {
  await endLink(tx, link.orgId, "replaced", link.madeAt);
  await tx.query(
    `INSERT INTO top_up_link (org_id, id, attempt_id, token_hash, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [link.orgId, link.id, link.attemptId, link.tokenHash, link.madeAt, link.expiresAt],
  );
}

/** The link that has not ended; it may have expired. */
export async function findLink(orgId: string, db: Queryable = pool()): Promise<TopUpLink | undefined> {
  const { rows } = await db.query<TopUpLink>(
    `SELECT ${COLUMNS} FROM top_up_link WHERE org_id = $1 AND ended_at IS NULL`,
    [orgId],
  );
  return rows[0];
}

/** An organisation's link by the digest of its token. */
export async function findLinkByToken(
  orgId: string,
  tokenHash: string,
  db: Queryable = pool(),
): Promise<TopUpLink | undefined> {
  const { rows } = await db.query<TopUpLink>(
    `SELECT ${COLUMNS} FROM top_up_link WHERE org_id = $1 AND token_hash = $2`,
    [orgId, tokenHash],
  );
  return rows[0];
}

/** What a link led to is paid, also where an owner has replaced the link meanwhile. */
export async function markLinkPaid(tx: Queryable, orgId: string, id: string, at: Date): Promise<void> {
  await tx.query(
    `UPDATE top_up_link SET ended_at = coalesce(ended_at, $3), outcome = 'paid' WHERE org_id = $1 AND id = $2`,
    [orgId, id, at],
  );
}

/** Ends the organisation's live link, if there is one. */
export async function endLink(
  tx: Queryable,
  orgId: string,
  outcome: "paid" | "replaced",
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE top_up_link SET ended_at = $2, outcome = $3 WHERE org_id = $1 AND ended_at IS NULL`,
    [orgId, at, outcome],
  );
}
