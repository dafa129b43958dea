import { pool, type Queryable } from "@/lib/db/pool";

/** Keeps that numbers (E.164) were seen with user ids, each once; who has another id now takes their numbers along. */
export async function noteHolders(
  tx: Queryable,
  orgId: string,
  holders: readonly { number: string; userId: string; formerly?: string | undefined; at: Date }[],
): Promise<void> {
  await tx.query("SELECT garage_note_holders($1, $2::jsonb)", [orgId, JSON.stringify(holders)]);
}

/** Which of these numbers were seen with more than one user id. */
export async function listShared(orgId: string, numbers: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ number: string }>(
    `SELECT number FROM number_holder WHERE org_id = $1 AND number = ANY ($2::text[]) GROUP BY number HAVING count(*) > 1`,
    [orgId, numbers],
  );
  return new Set(rows.map(({ number }) => number));
}

/** The user ids with which a number was seen. */
export async function listHolders(orgId: string, number: string, db: Queryable = pool()): Promise<string[]> {
  const { rows } = await db.query<{ userId: string }>(
    `SELECT user_id AS "userId" FROM number_holder WHERE org_id = $1 AND number = $2`,
    [orgId, number],
  );
  return rows.map(({ userId }) => userId);
}
