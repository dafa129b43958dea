import { pool, type Queryable } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { ROLES } from "../permissions";
import { deleteSteps } from "./second-steps";

export type SessionRow = {
  readonly id: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
};

/** What a session was used with. */
export type Use = {
  readonly at: Date;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
};

/** Deletes a user's sessions that have run out. */
export async function forgetOldSessions(userId: string, now: Date): Promise<void> {
  await prisma().session.deleteMany({ where: { userId, expiresAt: { lt: now } } });
}

/** A user's sessions that began after `since` and have not run out, the one used last first. */
export async function selectSessions(userId: string, now: Date, since: Date): Promise<SessionRow[]> {
  return prisma().session.findMany({
    where: { userId, expiresAt: { gt: now }, createdAt: { gt: since } },
    orderBy: [{ lastUsedAt: "desc" }, { id: "asc" }],
    select: { id: true, ipAddress: true, userAgent: true, createdAt: true, lastUsedAt: true },
  });
}

/**
 * Keeps when, where and with what a session was used, and so when its user was last seen in the garage that it acts for; an
 * address that is not known leaves the one before.
 */
export async function touchSession(id: string, use: Use): Promise<void> {
  await pool().query(
    `WITH used AS (
       UPDATE session SET last_used_at = $2, ip_address = coalesce($3, ip_address), user_agent = coalesce($4, user_agent)
       WHERE id = $1 AND last_used_at < $2 RETURNING user_id, active_organization_id)
     UPDATE member AS m SET last_seen_at = greatest(m.last_seen_at, $2) FROM used
     WHERE m.user_id = used.user_id AND m.organization_id = used.active_organization_id AND m.role = ANY ($5::text[])`,
    // A row with a role that is none of ours cannot be written.
    [id, use.at, use.ipAddress, use.userAgent, ROLES],
  );
}

/** Ends one session of a user; false where they have no such session. */
export async function deleteSession(tx: Queryable, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM session WHERE user_id = $1 AND id = $2", [userId, id]);
  return rowCount === 1;
}

/**
 * Ends every session of a user but one (null: every one), and every sign-in that waits for its second step. Returns how many
 * sessions there were.
 */
export async function deleteSessions(tx: Queryable, userId: string, except: string | null): Promise<number> {
  await deleteSteps(tx, userId);
  const { rowCount } = await tx.query(
    "DELETE FROM session WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2)",
    [userId, except],
  );
  return rowCount ?? 0;
}

/** Gives a session another token: a copy of its cookie is worth nothing any more. False where it has ended meanwhile. */
export async function replaceToken(tx: Queryable, id: string, token: string): Promise<boolean> {
  const { rowCount } = await tx.query("UPDATE session SET token = $2 WHERE id = $1", [id, token]);
  return rowCount === 1;
}
