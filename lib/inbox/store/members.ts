import { ROLE_PERMISSIONS, ROLES } from "@/lib/auth/permissions";
import { pool, type Queryable } from "@/lib/db/pool";
import type { Person } from "./people";

/** What a person is called, whether or not they are still with the garage. */
export async function memberName(tx: Queryable, userId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ name: string }>(`SELECT name FROM "user" WHERE id = $1`, [userId]);
  return rows[0]?.name;
}

const REPLIERS = `SELECT u.id, u.name FROM member AS n JOIN "user" AS u ON u.id = n.user_id
  WHERE n.organization_id = $1 AND n.role = ANY ($2::text[])`;

const MAY_REPLY = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes("messages.send"));

/** The members whose role may reply, by name. */
export async function listRepliers(orgId: string): Promise<Person[]> {
  const { rows } = await pool().query<Person>(`${REPLIERS} ORDER BY u.name, u.id`, [orgId, MAY_REPLY]);
  return rows;
}

/** One of them. */
export async function findReplier(tx: Queryable, orgId: string, userId: string): Promise<Person | undefined> {
  const { rows } = await tx.query<Person>(`${REPLIERS} AND u.id = $3`, [orgId, MAY_REPLY, userId]);
  return rows[0];
}
