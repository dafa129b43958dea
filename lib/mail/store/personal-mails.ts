import { pool, type Queryable } from "@/lib/db/pool";
import type { MailEnd } from "./mails";

export type PersonalMail = {
  readonly id: string;
  readonly letter: string;
  /** One of both is known: where it goes, or who gets it. */
  readonly address: string | null;
  readonly userId: string | null;
  readonly data: unknown;
  readonly status: "queued" | "sent" | "dropped" | "failed";
  readonly attempts: number;
  readonly queuedAt: Date;
};

export type NewPersonalMail = Omit<PersonalMail, "status" | "attempts"> & { readonly cause: string };

/** Stores a letter to one person; false where its cause had queued it before. */
export async function insertPersonalMail(tx: Queryable, mail: NewPersonalMail): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO personal_mail (id, letter, cause, address, user_id, data, queued_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [mail.id, mail.letter, mail.cause, mail.address, mail.userId, JSON.stringify(mail.data), mail.queuedAt],
  );
  return rowCount === 1;
}

/** A letter as it stands; undefined where there is none. */
export async function findPersonalMail(id: string): Promise<PersonalMail | undefined> {
  const { rows } = await pool().query<PersonalMail>(
    `SELECT id, letter, address, user_id AS "userId", data, status, attempts, queued_at AS "queuedAt"
     FROM personal_mail WHERE id = $1`,
    [id],
  );
  return rows[0];
}

/** Records how a letter ended, and forgets what it said and the tokens in it. One that has ended stays as it is. */
export async function endPersonalMail(id: string, end: MailEnd): Promise<void> {
  await pool().query(
    `UPDATE personal_mail SET status = $2, reason = $3, attempts = $4, ended_at = $5, data = '{}'
     WHERE id = $1 AND status = 'queued'`,
    [id, end.status, end.reason, end.attempts, end.at],
  );
}

/** Counts an attempt that may be repeated, and why it failed. */
export async function recordPersonalAttempt(id: string, attempts: number, reason: string): Promise<void> {
  await pool().query(
    `UPDATE personal_mail SET attempts = $2, reason = $3 WHERE id = $1 AND status = 'queued'`,
    [id, attempts, reason],
  );
}

export type FailedPersonalMail = {
  readonly id: string;
  readonly letter: string;
  readonly userId: string | null;
  readonly reason: string;
  readonly endedAt: Date;
};

/** Letters to one person that could not be sent since then, latest first. */
export async function personalFailedSince(since: Date, limit: number): Promise<FailedPersonalMail[]> {
  const { rows } = await pool().query<FailedPersonalMail>(
    `SELECT id, letter, user_id AS "userId", reason, ended_at AS "endedAt"
     FROM personal_mail WHERE status = 'failed' AND ended_at >= $1 ORDER BY ended_at DESC LIMIT $2`,
    [since, limit],
  );
  return rows;
}

/** Forgets letters that ended before then. Returns how many. */
export async function deletePersonalMails(before: Date): Promise<number> {
  const { rowCount } = await pool().query("DELETE FROM personal_mail WHERE ended_at < $1", [before]);
  return rowCount ?? 0;
}
