import { pool, type Queryable } from "@/lib/db/pool";

export type NewUser = {
  readonly userId: string;
  readonly name: string;
  /** In lower case, as sign-in looks for it. */
  readonly email: string;
  readonly passwordHash: string;
  readonly accountId: string;
  readonly at: Date;
};

export type KnownUser = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** One of the demo's, whose password is public. */
  readonly demo: boolean;
};

const KNOWN = `SELECT id AS "userId", name, email, demo FROM "user"`;

/** Stores a user whose address is confirmed, and their password. Violates user_email_key where it is taken. */
export async function insertUser(tx: Queryable, user: NewUser): Promise<void> {
  const { userId, name, email, passwordHash, accountId, at } = user;
  await tx.query(
    `INSERT INTO "user" (id, name, email, email_verified, created_at, updated_at)
     VALUES ($1, $2, $3, true, $4, $4)`,
    [userId, name, email, at],
  );
  await tx.query(
    `INSERT INTO account (id, account_id, provider_id, user_id, password, created_at, updated_at)
     VALUES ($1, $2::text, 'credential', $2::uuid, $3, $4, $4)`,
    [accountId, userId, passwordHash, at],
  );
}

/** Who has an address, in lower case; undefined where nobody has. */
export async function userByEmail(db: Queryable, email: string): Promise<KnownUser | undefined> {
  const { rows } = await db.query<KnownUser>(`${KNOWN} WHERE email = $1`, [email]);
  return rows[0];
}

/** The same outside of a transaction. */
export const findByEmail = (email: string): Promise<KnownUser | undefined> => userByEmail(pool(), email);

/** A user by their id. */
export async function findKnown(userId: string): Promise<KnownUser | undefined> {
  const { rows } = await pool().query<KnownUser>(`${KNOWN} WHERE id = $1`, [userId]);
  return rows[0];
}

/**
 * What signing in with this address, in lower case, asks for: a text that is another one once the password is changed or a
 * second factor is switched on. Secret. Undefined where nobody has the address.
 */
export async function selectProofs(email: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ proofs: string }>(
    `SELECT concat_ws(' ', a.password, extract(epoch FROM f.enabled_at)) AS proofs
     FROM "user" AS u
     LEFT JOIN account AS a ON a.user_id = u.id AND a.provider_id = 'credential'
     LEFT JOIN two_factor AS f ON f.user_id = u.id AND f.verified
     WHERE u.email = $1`,
    [email],
  );
  return rows[0]?.proofs;
}

/** A user, locked until the transaction ends. */
export async function lockUser(tx: Queryable, userId: string): Promise<KnownUser | undefined> {
  const { rows } = await tx.query<KnownUser>(`${KNOWN} WHERE id = $1 FOR NO KEY UPDATE`, [userId]);
  return rows[0];
}

/** Sets a user's password; false where they have none to be set. Their address is confirmed: a link came there. */
export async function replacePassword(
  tx: Queryable,
  userId: string,
  passwordHash: string,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE account SET password = $2, updated_at = $3 WHERE user_id = $1 AND provider_id = 'credential'`,
    [userId, passwordHash, at],
  );
  await tx.query(`UPDATE "user" SET email_verified = true WHERE id = $1`, [userId]);
  return rowCount === 1;
}

/** Gives a user that is locked another address, in lower case. Violates user_email_key where it is taken. */
export async function replaceEmail(tx: Queryable, userId: string, email: string, at: Date): Promise<void> {
  await tx.query(`UPDATE "user" SET email = $2, email_verified = true, updated_at = $3 WHERE id = $1`, [
    userId,
    email,
    at,
  ]);
}
