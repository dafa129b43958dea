import { pool } from "@/lib/db/pool";

/** What stands behind an invitation now. */
export type Invited = {
  readonly orgName: string;
  /** Null where their account is gone. */
  readonly invitedBy: string | null;
  /** Whether the invited address has an account, and whether that is in the team already. */
  readonly hasAccount: boolean;
  readonly isMember: boolean;
};

/** The garage of an invitation, who sent it, and whose address it is; undefined without such a garage. */
export async function findInvited(
  orgId: string | null,
  email: string,
  invitedBy: string,
): Promise<Invited | undefined> {
  const { rows } = await pool().query<Invited>(
    `SELECT o.name AS "orgName", i.name AS "invitedBy", u.id IS NOT NULL AS "hasAccount", m.id IS NOT NULL AS "isMember"
     FROM organization AS o LEFT JOIN "user" AS u ON u.email = $2 LEFT JOIN "user" AS i ON i.id = $3
     LEFT JOIN member AS m ON m.organization_id = o.id AND m.user_id = u.id
     WHERE o.id = $1`,
    [orgId, email, invitedBy],
  );
  return rows[0];
}
