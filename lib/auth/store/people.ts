import type { Queryable } from "@/lib/db/pool";

/** The garages of a user, each with the address by which they are known there. */
export async function selectGarages(
  tx: Queryable,
  userId: string,
): Promise<{ readonly orgId: string; readonly email: string }[]> {
  const { rows } = await tx.query<{ orgId: string; email: string }>(
    `SELECT m.organization_id AS "orgId", u.email FROM member AS m JOIN "user" AS u ON u.id = m.user_id
     WHERE m.user_id = $1 ORDER BY m.organization_id`,
    [userId],
  );
  return rows;
}
