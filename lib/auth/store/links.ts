import { pool, type Queryable } from "@/lib/db/pool";

export type LinkRow = {
  readonly id: string;
  readonly email: string;
  readonly orgId: string | null;
  readonly userId: string | null;
  readonly groupId: string | null;
  readonly data: unknown;
  readonly expiresAt: Date;
  readonly ended: "used" | "withdrawn" | null;
};

export type NewLinkRow = Omit<LinkRow, "ended"> & {
  readonly tokenHash: string;
  readonly kind: string;
  readonly createdAt: Date;
};

const ROW = `id, email, org_id AS "orgId", user_id AS "userId", group_id AS "groupId", data, expires_at AS "expiresAt", ended`;

/** Stores a link that can be used from now on. */
export async function insertLink(tx: Queryable, link: NewLinkRow): Promise<void> {
  await tx.query(
    `INSERT INTO one_time_link
       (id, token_hash, kind, email, org_id, user_id, group_id, data, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      link.id,
      link.tokenHash,
      link.kind,
      link.email,
      link.orgId,
      link.userId,
      link.groupId,
      JSON.stringify(link.data),
      link.createdAt,
      link.expiresAt,
    ],
  );
}

/** A link of this kind by the hash of its token, whether it can be used or not. */
export async function findLink(kind: string, tokenHash: string): Promise<LinkRow | undefined> {
  const { rows } = await pool().query<LinkRow>(
    `SELECT ${ROW} FROM one_time_link WHERE token_hash = $1 AND kind = $2`,
    [tokenHash, kind],
  );
  return rows[0];
}

/** The same, locked until the transaction ends. */
export async function lockLink(tx: Queryable, kind: string, tokenHash: string): Promise<LinkRow | undefined> {
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${ROW} FROM one_time_link WHERE token_hash = $1 AND kind = $2 FOR UPDATE`,
    [tokenHash, kind],
  );
  return rows[0];
}

/** Locks the links of a kind to an address that were not ended, each time in the same order. */
export async function lockLinksTo(tx: Queryable, kind: string, email: string): Promise<void> {
  await tx.query(
    "SELECT FROM one_time_link WHERE email = $1 AND kind = $2 AND ended IS NULL ORDER BY id FOR UPDATE",
    [email, kind],
  );
}

/** Ends a link that is locked, and forgets what was kept for its use. */
export async function endLink(
  tx: Queryable,
  id: string,
  ended: "used" | "withdrawn",
  at: Date,
): Promise<void> {
  await tx.query(`UPDATE one_time_link SET ended = $2, ended_at = $3, data = '{}' WHERE id = $1`, [
    id,
    ended,
    at,
  ]);
}

/** Ends all links of a kind that match and were not ended before. Returns how many. */
export async function endLinks(
  tx: Queryable,
  which: {
    readonly kind: string;
    readonly id?: string;
    readonly email?: string;
    readonly userId?: string;
    readonly orgId?: string;
  },
  at: Date,
): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE one_time_link SET ended = 'withdrawn', ended_at = $6, data = '{}'
     WHERE kind = $1 AND ended IS NULL AND ($2::uuid IS NULL OR id = $2) AND ($3::text IS NULL OR email = $3)
       AND ($4::uuid IS NULL OR user_id = $4) AND ($5::uuid IS NULL OR org_id = $5)`,
    [which.kind, which.id ?? null, which.email ?? null, which.userId ?? null, which.orgId ?? null, at],
  );
  return rowCount ?? 0;
}

/** Whether every link of one intent has been used. */
export async function allUsed(tx: Queryable, groupId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "SELECT FROM one_time_link WHERE group_id = $1 AND ended IS DISTINCT FROM 'used'",
    [groupId],
  );
  return rowCount === 0;
}

/** Forgets links that ran out before then, with what was kept for their use. Returns how many. */
export async function deleteLinks(before: Date): Promise<number> {
  const { rowCount } = await pool().query("DELETE FROM one_time_link WHERE expires_at < $1", [before]);
  return rowCount ?? 0;
}

export type LiveInvitation = {
  readonly id: string;
  readonly orgId: string;
  readonly garage: string;
  /** Null where who invited is not there any more. */
  readonly invitedBy: string | null;
  readonly inviterId: string;
  readonly role: string;
};

/** The invitations to an address that can be accepted, the latest first. */
export async function liveInvitations(email: string, now: Date): Promise<LiveInvitation[]> {
  const { rows } = await pool().query<LiveInvitation>(
    `SELECT l.id, o.id AS "orgId", o.name AS garage, u.name AS "invitedBy", l.data->>'invitedBy' AS "inviterId", l.data->>'role' AS role
     FROM one_time_link AS l JOIN organization AS o ON o.id = l.org_id
     LEFT JOIN "user" AS u ON u.id = (l.data->>'invitedBy')::uuid
     WHERE l.email = $1 AND l.kind = 'invitation' AND l.ended IS NULL AND l.expires_at > $2
     ORDER BY l.created_at DESC, l.id`,
    [email, now],
  );
  return rows;
}
