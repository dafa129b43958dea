import { pool, type Queryable } from "@/lib/db/pool";
import { PERSON, type Person } from "./people";

export type EventKind =
  | "note"
  | "assigned"
  | "done"
  | "reopened"
  | "snoozed"
  /** A snooze ended at its time. */
  | "snooze_over"
  | "taken_over"
  | "handed_back";

export type NewEvent = {
  readonly orgId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly kind: EventKind;
  /** Who did it; null for the system. */
  readonly userId: string | null;
  readonly at: Date;
  /** A note's words. */
  readonly body?: string;
  /** `assigned`: to whom; null for the team. */
  readonly toUserId?: string | null;
  /** `snoozed`: until when. */
  readonly until?: Date;
  /** Kept once under it. */
  readonly sourceKey?: string;
};

/** Keeps what was done with a conversation; false for a repeat. */
export async function insertEvent(tx: Queryable, event: NewEvent): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO conversation_event (org_id, id, conversation_id, kind, user_id, at, body, to_user_id, until, source_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (org_id, source_key) DO NOTHING`,
    [
      event.orgId,
      event.id,
      event.conversationId,
      event.kind,
      event.userId,
      event.at,
      event.body ?? null,
      event.toUserId ?? null,
      event.until ?? null,
      event.sourceKey ?? null,
    ],
  );
  return rowCount === 1;
}

/** The note that is kept under a key. */
export async function findNote(
  tx: Queryable,
  orgId: string,
  sourceKey: string,
): Promise<{ readonly conversationId: string; readonly body: string | null } | undefined> {
  const { rows } = await tx.query<{ conversationId: string; body: string | null }>(
    `SELECT conversation_id AS "conversationId", body FROM conversation_event WHERE org_id = $1 AND source_key = $2`,
    [orgId, sourceKey],
  );
  return rows[0];
}

export type EventRow = {
  readonly id: string;
  readonly kind: EventKind;
  /** Who did it; null for the system. */
  readonly by: Person | null;
  readonly at: Date;
  readonly body: string | null;
  readonly to: Person | null;
  readonly until: Date | null;
};

/** The latest events of a conversation, or the latest before a moment: oldest first. */
export async function readEvents(
  orgId: string,
  conversationId: string,
  { limit, before }: { readonly limit: number; readonly before: Date | null },
): Promise<EventRow[]> {
  const { rows } = await pool().query<EventRow>(
    `SELECT e.id, e.kind, ${PERSON("e.user_id")} AS by, e.at, e.body, ${PERSON("e.to_user_id")} AS "to", e.until
     FROM (SELECT * FROM conversation_event
           WHERE org_id = $1 AND conversation_id = $2 AND at < coalesce($4::timestamptz, 'infinity')
           ORDER BY at DESC, id DESC LIMIT $3) AS e ORDER BY e.at, e.id`,
    [orgId, conversationId, limit, before],
  );
  return rows;
}
