import type { MomentCursor } from "@/lib/db/moment-cursor";
import { pool } from "@/lib/db/pool";
import type { Facts, StoredAct } from "./acts";

export type LoggedAct = StoredAct & {
  readonly id: string;
  readonly at: Date;
  /** As `actorName` writes it. */
  readonly actor: string;
  /** Of a member, as they are called now; null for anybody else, and for who has no account any more. */
  readonly name: string | null;
  /** The member whom an act on the team was done to, as they are called now; null for who is none today. */
  readonly person: string | null;
};

export type ActsAsked = {
  readonly after?: MomentCursor | undefined;
  /** A member's user id, or "support". */
  readonly person?: string | undefined;
  /** What stands before the slash of an action. */
  readonly areas?: readonly string[] | undefined;
  /** London days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Actions that are not shown at all. */
  readonly without: readonly string[];
  readonly limit: number;
};

const MEMBER = `CASE WHEN a.actor LIKE 'member:%' THEN substr(a.actor, 8)::uuid END`;

/** An organisation's acts, latest first. */
export async function readActs(orgId: string, asked: ActsAsked): Promise<LoggedAct[]> {
  const { after, person, areas, from, to, without, limit } = asked;
  const { rows } = await pool().query<LoggedAct & { input: Facts }>(
    `SELECT a.id, a.at, a.actor, a.action, a.input, a.before, a.after, u.name,
       (SELECT s.name FROM "user" AS s JOIN member AS m ON m.user_id = s.id AND m.organization_id = a.org_id
        WHERE s.email = a.input->>'subject' AND a.action LIKE 'team/%') AS person
     FROM audit_act AS a LEFT JOIN "user" AS u ON u.id = ${MEMBER}
     WHERE a.org_id = $1
       AND ($2::timestamptz IS NULL OR (a.at, a.id) < ($2, $3::uuid))
       AND ($4::text IS NULL OR a.actor = 'member:' || $4 OR ($4 = 'support' AND a.actor LIKE 'support:%'))
       AND ($5::text[] IS NULL OR split_part(a.action, '/', 1) = ANY ($5))
       AND ($6::date IS NULL OR a.at >= $6::date::timestamp AT TIME ZONE 'Europe/London')
       AND ($7::date IS NULL OR a.at < ($7::date + 1)::timestamp AT TIME ZONE 'Europe/London')
       AND a.action <> ALL ($8)
     ORDER BY a.at DESC, a.id DESC LIMIT $9`,
    [
      orgId,
      after?.at ?? null,
      after?.id ?? null,
      person ?? null,
      areas ?? null,
      from ?? null,
      to ?? null,
      without,
      limit,
    ],
  );
  return rows;
}

/** Everybody who has done something, by name; members have the id of their user. */
export async function readActors(
  orgId: string,
  without: readonly string[],
): Promise<{ actor: string; name: string | null }[]> {
  const { rows } = await pool().query<{ actor: string; name: string | null }>(
    `SELECT DISTINCT a.actor, u.name FROM audit_act AS a LEFT JOIN "user" AS u ON u.id = ${MEMBER}
     WHERE a.org_id = $1 AND a.action <> ALL ($2) ORDER BY u.name, a.actor`,
    [orgId, without],
  );
  return rows;
}
