import { pool } from "@/lib/db/pool";
import { WORKS_HERE } from "./conversations";

/** The conversations of a garage that somebody holds who does not work in its inbox any more. */
export const listHeldByLeaver = (orgId: string, userId: string): Promise<string[]> =>
  listLeft(orgId, userId, "held_by");

/** The conversations that such a person looks after. */
export const listAssignedToLeaver = (orgId: string, userId: string): Promise<string[]> =>
  listLeft(orgId, userId, "assigned_to");

async function listLeft(orgId: string, userId: string, column: "held_by" | "assigned_to"): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM conversation AS c WHERE org_id = $1 AND ${column} = $2
       AND NOT ${WORKS_HERE("c.org_id", "$2")} ORDER BY id`,
    [orgId, userId],
  );
  return rows.map(({ id }) => id);
}
