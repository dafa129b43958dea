import { pool, type Queryable } from "@/lib/db/pool";

/** An invitation that was not accepted or withdrawn; it may have run out. */
export type WaitingInvitation = {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  /** A user's id, also of one who is gone. */
  readonly inviterId: string;
  /** Null where their account is gone. */
  readonly invitedBy: string | null;
  readonly sentAt: Date;
  readonly expiresAt: Date;
};

const WAITING = `SELECT l.id, l.email, l.data ->> 'role' AS role, l.data ->> 'invitedBy' AS "inviterId",
    u.name AS "invitedBy", l.created_at AS "sentAt",
    l.expires_at AS "expiresAt"
  FROM one_time_link AS l LEFT JOIN "user" AS u ON u.id = (l.data ->> 'invitedBy')::uuid
  WHERE l.org_id = $1 AND l.kind = 'invitation' AND l.ended IS NULL`;

/** A garage's waiting invitations, the latest first. */
export async function listInvitations(orgId: string, db: Queryable = pool()): Promise<WaitingInvitation[]> {
  const { rows } = await db.query<WaitingInvitation>(`${WAITING} ORDER BY l.created_at DESC, l.id DESC`, [
    orgId,
  ]);
  return rows;
}
