import { pool, type Queryable } from "@/lib/db/pool";

// In the library's table for what ends by itself.
const KIND = "second-step:";

type NewStep = { readonly id: string; readonly userId: string; readonly now: Date; readonly endsAt: Date };

/** Keeps that a browser may give a user's code until `endsAt`; what ended before `now` is forgotten. */
export async function insertStep({ id, userId, now, endsAt }: NewStep): Promise<void> {
  await pool().query(
    `WITH forgotten AS (DELETE FROM verification WHERE value = $2 AND identifier LIKE $5 || '%' AND expires_at <= $3)
     INSERT INTO verification (id, identifier, value, expires_at, created_at, updated_at)
     VALUES (gen_random_uuid(), $5 || $1, $2, $4, $3, $3)`,
    [id, userId, now, endsAt, KIND],
  );
}

/** Undefined for a step that is unknown, used or over. */
export async function findStep(
  id: string,
  now: Date,
): Promise<{ readonly id: string; readonly userId: string } | undefined> {
  const { rows } = await pool().query<{ userId: string }>(
    `SELECT value AS "userId" FROM verification WHERE identifier = $1 AND expires_at > $2`,
    [`${KIND}${id}`, now],
  );
  return rows[0] && { id, userId: rows[0].userId };
}

/** Ends a step; false where it has been ended meanwhile. */
export async function deleteStep(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM verification WHERE identifier = $1", [`${KIND}${id}`]);
  return rowCount === 1;
}

/** Ends every step of a user: what they began with counts no longer. */
export async function deleteSteps(tx: Queryable, userId: string): Promise<void> {
  await tx.query(`DELETE FROM verification WHERE value = $1 AND identifier LIKE $2 || '%'`, [userId, KIND]);
}
