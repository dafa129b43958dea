import { pool, type Queryable } from "@/lib/db/pool";

/** Keeps that a number (E.164) was seen with a user id; once. */
export async function insertHolder(
  tx: Queryable,
  holder: { orgId: string; number: string; userId: string; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO number_holder (org_id, number, user_id, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [holder.orgId, holder.number, holder.userId, holder.at],
  );
}

/** The same person has another user id from now on. */
export async function renameHolder(
  tx: Queryable,
  renamed: { orgId: string; formerly: string; userId: string },
): Promise<void> {
  const { orgId, formerly, userId } = renamed;
  await tx.query(
    `INSERT INTO number_holder (org_id, number, user_id, seen_at)
     SELECT org_id, number, $3, seen_at FROM number_holder WHERE org_id = $1 AND user_id = $2
     ON CONFLICT DO NOTHING`,
    [orgId, formerly, userId],
  );
  await tx.query(`DELETE FROM number_holder WHERE org_id = $1 AND user_id = $2`, [orgId, formerly]);
}

/** With how many user ids a number was seen. */
export async function countHolders(orgId: string, number: string, db: Queryable = pool()): Promise<number> {
  const { rows } = await db.query<{ holders: number }>(
    `SELECT count(*)::integer AS holders FROM number_holder WHERE org_id = $1 AND number = $2`,
    [orgId, number],
  );
  return rows[0]?.holders ?? 0;
}
