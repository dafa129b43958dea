import { pool, type Queryable } from "@/lib/db/pool";

export type TeamMember = {
  readonly userId: string;
  /** As stored: it may be none of ours. */
  readonly role: string;
  readonly name: string;
  readonly email: string;
};

export type Team = { readonly orgName: string; readonly members: readonly TeamMember[] };

/**
 * A garage's name and everybody of it, locked until the transaction ends: nobody joins, leaves or gets another role
 * meanwhile, and no work of theirs is under way that only a member may do. Undefined without such a garage.
 */
export async function lockTeam(tx: Queryable, orgId: string): Promise<Team | undefined> {
  const { rows: garages } = await tx.query<{ name: string }>(
    `SELECT name FROM organization WHERE id = $1 FOR NO KEY UPDATE`,
    [orgId],
  );
  const [garage] = garages;
  if (!garage) return undefined;
  // Read after the lock: whoever joined while it was waited for is among them.
  const { rows: members } = await tx.query<TeamMember>(
    `SELECT m.user_id AS "userId", m.role, u.name, u.email FROM member AS m JOIN "user" AS u ON u.id = m.user_id
     WHERE m.organization_id = $1 ORDER BY m.id FOR UPDATE OF m`,
    [orgId],
  );
  return { orgName: garage.name, members };
}

export type ListedMember = TeamMember & { readonly lastSeenAt: Date | null };

/** Everybody of a garage, by name, with the last use of a session for it, also of one that has ended. */
export async function listMembers(orgId: string): Promise<ListedMember[]> {
  const { rows } = await pool().query<ListedMember>(
    `SELECT m.user_id AS "userId", m.role, u.name, u.email, greatest(m.last_seen_at, (SELECT max(s.last_used_at)
       FROM session AS s WHERE s.user_id = m.user_id AND s.active_organization_id = m.organization_id)) AS "lastSeenAt"
     FROM member AS m JOIN "user" AS u ON u.id = m.user_id WHERE m.organization_id = $1 ORDER BY lower(u.name), u.id`,
    [orgId],
  );
  return rows;
}

type Place = { readonly orgId: string; readonly userId: string };

/** Gives a member of a team that is locked another role. */
export async function setRole(tx: Queryable, { orgId, userId }: Place, role: string): Promise<void> {
  await tx.query("UPDATE member SET role = $3 WHERE organization_id = $1 AND user_id = $2", [
    orgId,
    userId,
    role,
  ]);
}

/** Takes a member out of a team that is locked; the account of the person stays. */
export async function deleteMember(tx: Queryable, { orgId, userId }: Place): Promise<void> {
  await tx.query("DELETE FROM member WHERE organization_id = $1 AND user_id = $2", [orgId, userId]);
}
/** Puts somebody into a team that is locked. */
export async function insertMember(
  tx: Queryable,
  member: Place & { readonly id: string; readonly role: string; readonly at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO member (id, organization_id, user_id, role, created_at) VALUES ($1, $2, $3, $4, $5)`,
    [member.id, member.orgId, member.userId, member.role, member.at],
  );
}
