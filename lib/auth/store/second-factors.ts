import { pool, type Queryable } from "@/lib/db/pool";

/** `secret` and `backupCodes` are encrypted. */
export type Factor = {
  readonly secret: string;
  readonly backupCodes: string;
  readonly verified: boolean;
  readonly lastStep: number;
};

/** A user's second factor, also one that is being set up, locked until the transaction ends. */
export async function lockFactor(tx: Queryable, userId: string): Promise<Factor | undefined> {
  const { rows } = await tx.query<Factor>(
    `SELECT secret, backup_codes AS "backupCodes", verified, last_step AS "lastStep"
     FROM two_factor WHERE user_id = $1 FOR UPDATE`,
    [userId],
  );
  return rows[0];
}

/** Since when a user has one, and their recovery codes; undefined for none, or one that is being set up. */
export async function selectFactor(
  userId: string,
): Promise<{ readonly enabledAt: Date; readonly backupCodes: string } | undefined> {
  const { rows } = await pool().query<{ enabledAt: Date; backupCodes: string }>(
    `SELECT enabled_at AS "enabledAt", backup_codes AS "backupCodes" FROM two_factor WHERE user_id = $1 AND verified`,
    [userId],
  );
  return rows[0];
}

/** Begins a set-up, in the place of one that was not finished. False where there is a second factor already. */
export async function insertFactor(id: string, userId: string, secret: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `INSERT INTO two_factor (id, user_id, secret, backup_codes) VALUES ($1, $2, $3, '')
     ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret WHERE NOT two_factor.verified`,
    [id, userId, secret],
  );
  return rowCount === 1;
}

/** From now on the code is asked for at sign-in. The row has to be locked. */
export async function enableFactor(
  tx: Queryable,
  userId: string,
  {
    backupCodes,
    lastStep,
    at,
  }: { readonly backupCodes: string; readonly lastStep: number; readonly at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE two_factor SET verified = true, backup_codes = $2, last_step = $3, enabled_at = $4 WHERE user_id = $1`,
    [userId, backupCodes, lastStep, at],
  );
  await tx.query(`UPDATE "user" SET two_factor_enabled = true WHERE id = $1`, [userId]);
}

/** No code is asked for any more. False where there was no second factor. */
export async function deleteFactor(tx: Queryable, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM two_factor WHERE user_id = $1 AND verified", [userId]);
  await tx.query(`UPDATE "user" SET two_factor_enabled = false WHERE id = $1`, [userId]);
  return rowCount === 1;
}

/** No code up to this step works again. The row has to be locked. */
export async function setLastStep(tx: Queryable, userId: string, step: number): Promise<void> {
  await tx.query("UPDATE two_factor SET last_step = $2 WHERE user_id = $1", [userId, step]);
}

/** Replaces the recovery codes. The row has to be locked. */
export async function setRecoveryCodes(tx: Queryable, userId: string, backupCodes: string): Promise<void> {
  await tx.query("UPDATE two_factor SET backup_codes = $2 WHERE user_id = $1", [userId, backupCodes]);
}
