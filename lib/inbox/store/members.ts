import type { Queryable } from "@/lib/db/pool";

/** What a person is called, whether or not they are still with the garage. */
export async function memberName(tx: Queryable, userId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ name: string }>(`SELECT name FROM "user" WHERE id = $1`, [userId]);
  return rows[0]?.name;
}
