import { pool } from "@/lib/db/pool";
import { type Permission, ROLE_PERMISSIONS, ROLES } from "../permissions";

/** A member of the garage. Two may have one name: the id tells them apart. */
export type Colleague = { readonly id: string; readonly name: string };

/** The members whose role has this permission, by name. */
export async function membersWith(orgId: string, permission: Permission): Promise<Colleague[]> {
  const roles = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
  const { rows } = await pool().query<Colleague>(
    `SELECT u.id, u.name FROM member AS n JOIN "user" AS u ON u.id = n.user_id
     WHERE n.organization_id = $1 AND n.role = ANY ($2::text[]) ORDER BY u.name, u.id`,
    [orgId, roles],
  );
  return rows;
}
