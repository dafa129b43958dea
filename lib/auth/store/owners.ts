import { pool, type Queryable } from "@/lib/db/pool";

/** Where mail to an owner goes, and the name of their garage. */
export type Owner = { readonly address: string; readonly orgName: string };

/** The ids of an organisation's owners, those who joined first before the others. */
export async function selectOwners(tx: Queryable, orgId: string): Promise<string[]> {
  const { rows } = await tx.query<{ userId: string }>(
    `SELECT user_id AS "userId" FROM member WHERE organization_id = $1 AND role = 'owner' ORDER BY created_at, user_id`,
    [orgId],
  );
  return rows.map(({ userId }) => userId);
}

/** Undefined where the user is no owner of the organisation, or not any more. */
export async function selectOwner(orgId: string, userId: string): Promise<Owner | undefined> {
  const { rows } = await pool().query<Owner>(
    `SELECT u.email AS address, o.name AS "orgName"
     FROM member AS m JOIN "user" AS u ON u.id = m.user_id JOIN organization AS o ON o.id = m.organization_id
     WHERE m.organization_id = $1 AND m.user_id = $2 AND m.role = 'owner'`,
    [orgId, userId],
  );
  return rows[0];
}

/** An owner by name, and where their mail goes. */
export type NamedOwner = { readonly userId: string; readonly name: string; readonly email: string };

/** Every owner of an organisation, those who joined first before the others. */
export async function selectNamedOwners(orgId: string): Promise<NamedOwner[]> {
  const { rows } = await pool().query<NamedOwner>(
    `SELECT u.id AS "userId", u.name, u.email FROM member AS m JOIN "user" AS u ON u.id = m.user_id
     WHERE m.organization_id = $1 AND m.role = 'owner' ORDER BY m.created_at, m.user_id`,
    [orgId],
  );
  return rows;
}
