import { pool, type Queryable } from "@/lib/db/pool";

export type Mail = {
  readonly orgId: string;
  readonly id: string;
  readonly letter: string;
  readonly userId: string;
  readonly data: unknown;
  readonly status: "queued" | "sent" | "dropped" | "failed";
  readonly attempts: number;
  readonly queuedAt: Date;
};

export type NewMail = Pick<Mail, "orgId" | "letter" | "data" | "queuedAt"> & { readonly cause: string };

/** Stores one mail per recipient; returns the ids of those that this cause had not queued before. */
export async function insertMails(
  tx: Queryable,
  mail: NewMail,
  recipients: readonly { readonly id: string; readonly userId: string }[],
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO mail (org_id, id, letter, cause, user_id, data, queued_at)
     SELECT $1, one.id, $2, $3, one.user_id, $4::jsonb, $5 FROM unnest($6::uuid[], $7::uuid[]) AS one (id, user_id)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      mail.orgId,
      mail.letter,
      mail.cause,
      JSON.stringify(mail.data),
      mail.queuedAt,
      recipients.map(({ id }) => id),
      recipients.map(({ userId }) => userId),
    ],
  );
  return rows.map(({ id }) => id);
}

/** A mail as it stands; undefined where there is none. */
export async function findMail(orgId: string, id: string): Promise<Mail | undefined> {
  const { rows } = await pool().query<Mail>(
    `SELECT org_id AS "orgId", id, letter, user_id AS "userId", data, status, attempts, queued_at AS "queuedAt"
     FROM mail WHERE org_id = $1 AND id = $2`,
    [orgId, id],
  );
  return rows[0];
}

/** How a mail ended, and why where it was not sent. */
export type MailEnd = {
  readonly status: "sent" | "dropped" | "failed";
  readonly reason: string | null;
  readonly attempts: number;
  readonly at: Date;
};

/** Records how a mail ended, and forgets what it said. One that has ended stays as it is. */
export async function endMail({ orgId, id }: Pick<Mail, "orgId" | "id">, end: MailEnd): Promise<void> {
  await pool().query(
    `UPDATE mail SET status = $3, reason = $4, attempts = $5, ended_at = $6, data = '{}' WHERE org_id = $1 AND id = $2 AND status = 'queued'`,
    [orgId, id, end.status, end.reason, end.attempts, end.at],
  );
}

/** Counts an attempt that may be repeated, and why it failed. */
export async function recordAttempt(
  { orgId, id }: Pick<Mail, "orgId" | "id">,
  attempts: number,
  reason: string,
): Promise<void> {
  await pool().query(
    `UPDATE mail SET attempts = $3, reason = $4 WHERE org_id = $1 AND id = $2 AND status = 'queued'`,
    [orgId, id, attempts, reason],
  );
}

/** Whether a member has said that they do not want a letter. */
export async function isUnwanted(orgId: string, userId: string, letter: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT FROM mail_preference WHERE org_id = $1 AND user_id = $2 AND letter = $3 AND NOT wanted`,
    [orgId, userId, letter],
  );
  return rowCount !== 0;
}

export type FailedMail = {
  readonly orgId: string;
  readonly letter: string;
  readonly userId: string;
  readonly reason: string;
  readonly endedAt: Date;
};

/** Mails that could not be sent since then, latest first. */
export async function failedSince(since: Date, limit: number): Promise<FailedMail[]> {
  const { rows } = await pool().query<FailedMail>(
    `SELECT org_id AS "orgId", letter, user_id AS "userId", reason, ended_at AS "endedAt"
     FROM mail WHERE status = 'failed' AND ended_at >= $1 ORDER BY ended_at DESC LIMIT $2`,
    [since, limit],
  );
  return rows;
}
