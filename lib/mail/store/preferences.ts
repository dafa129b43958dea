import { pool, type Queryable } from "@/lib/db/pool";

type Whose = { readonly orgId: string; readonly userId: string; readonly letter: string };

const UNWANTED = "SELECT letter FROM mail_preference WHERE org_id = $1 AND user_id = $2 AND NOT wanted";

/** The letters that a member has said they do not want. */
export async function unwantedOf(orgId: string, userId: string): Promise<string[]> {
  const { rows } = await pool().query<{ letter: string }>(UNWANTED, [orgId, userId]);
  return rows.map(({ letter }) => letter);
}

/** Whether this is one of them, read in a transaction. */
export async function isLetterUnwanted(tx: Queryable, whose: Whose): Promise<boolean> {
  const { orgId, userId, letter } = whose;
  const { rowCount } = await tx.query(`${UNWANTED} AND letter = $3`, [orgId, userId, letter]);
  return rowCount !== 0;
}

/** Keeps whether a member wants a letter. */
export async function savePreference(
  tx: Queryable,
  { orgId, userId, letter, wanted }: Whose & { readonly wanted: boolean },
): Promise<void> {
  await tx.query(
    `INSERT INTO mail_preference (org_id, user_id, letter, wanted) VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, user_id, letter) DO UPDATE SET wanted = excluded.wanted`,
    [orgId, userId, letter, wanted],
  );
}
