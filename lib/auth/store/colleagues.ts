import { pool, type Queryable } from "@/lib/db/pool";
import { type Permission, rolesWith } from "../permissions";

/** A member of the garage. Two may have one name: the id tells them apart. */
export type Colleague = { readonly id: string; readonly name: string };

const COLLEAGUES = `SELECT u.id, u.name FROM member AS n JOIN "user" AS u ON u.id = n.user_id
  WHERE n.organization_id = $1 AND n.role = ANY ($2::text[])`;

/** The members whose role has this permission, by name. */
export async function membersWith(orgId: string, permission: Permission): Promise<Colleague[]> {
  const { rows } = await pool().query<Colleague>(`${COLLEAGUES} ORDER BY u.name, u.id`, [
    orgId,
    rolesWith(permission),
  ]);
  return rows;
}

/** One of them, who neither leaves nor gets another role until the transaction ends; undefined for anybody else. */
export async function memberWith(
  tx: Queryable,
  orgId: string,
  permission: Permission,
  userId: string,
): Promise<Colleague | undefined> {
  const { rows } = await tx.query<Colleague>(`${COLLEAGUES} AND u.id = $3 FOR KEY SHARE OF n`, [
    orgId,
    rolesWith(permission),
    userId,
  ]);
  return rows[0];
}
