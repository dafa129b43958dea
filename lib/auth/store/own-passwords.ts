import { pool, type Queryable } from "@/lib/db/pool";

/** The hash of a user's password; undefined where they have none. */
export async function selectPasswordHash(userId: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ password: string | null }>(
    "SELECT password FROM account WHERE user_id = $1 AND provider_id = 'credential'",
    [userId],
  );
  return rows[0]?.password ?? undefined;
}

type Swap = { readonly from: string; readonly to: string; readonly at: Date };

/** Replaces the hash of a password by another. False where it is not `from` any more. */
export async function swapPasswordHash(
  tx: Queryable,
  userId: string,
  { from, to, at }: Swap,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE account SET password = $3, updated_at = $4
     WHERE user_id = $1 AND provider_id = 'credential' AND password = $2`,
    [userId, from, to, at],
  );
  return rowCount === 1;
}
