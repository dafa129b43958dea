import { pool, type Queryable } from "@/lib/db/pool";

type Named = { readonly orgId: string; readonly id: string };

/** Somebody looks after the conversation from now on, or the team does; false where they did before. */
export async function assignConversation(
  tx: Queryable,
  { orgId, id, to }: Named & { readonly to: string | null },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE conversation SET assigned_to = $3 WHERE org_id = $1 AND id = $2 AND assigned_to IS DISTINCT FROM $3`,
    [orgId, id, to],
  );
  return rowCount === 1;
}

/** Dealt with: nobody holds it, nothing in it waits. False where it was done before. */
export async function endConversation(
  tx: Queryable,
  { orgId, id, at }: Named & { readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE conversation SET done_at = $3, snoozed_until = NULL, held_by = NULL, held_since = NULL, ai_paused_until = NULL,
       team_at = $3, hand_off_summary = NULL, needs_attention = false, attention_reason = NULL, degraded_reason = NULL
     WHERE org_id = $1 AND id = $2 AND done_at IS NULL`,
    [orgId, id, at],
  );
  return rowCount === 1;
}

/** Neither done nor set aside any more; false where it was neither. */
export async function reopenConversation(tx: Queryable, { orgId, id }: Named): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE conversation SET done_at = NULL, snoozed_until = NULL
     WHERE org_id = $1 AND id = $2 AND (done_at IS NOT NULL OR snoozed_until IS NOT NULL)`,
    [orgId, id],
  );
  return rowCount === 1;
}

/** Set aside until then; false where it is already. What waits in it still waits afterwards. */
export async function snoozeConversation(
  tx: Queryable,
  { orgId, id, until }: Named & { readonly until: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE conversation SET done_at = NULL, snoozed_until = $3
     WHERE org_id = $1 AND id = $2 AND snoozed_until IS DISTINCT FROM $3`,
    [orgId, id, until],
  );
  return rowCount === 1;
}

/** The snooze is over: a person wanted to look again, whatever else waits. */
export async function endSnooze(tx: Queryable, { orgId, id }: Named): Promise<void> {
  await tx.query(
    `UPDATE conversation SET snoozed_until = NULL, needs_attention = true,
       attention_reason = coalesce(attention_reason, 'snooze-over')
     WHERE org_id = $1 AND id = $2`,
    [orgId, id],
  );
}

/** A member has read what was received up to then, and no later than there is. It never moves back. */
export async function keepRead(
  { orgId, id, userId, to }: Named & { readonly userId: string; readonly to: Date },
  db: Queryable = pool(),
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO conversation_read AS r (org_id, conversation_id, user_id, read_to)
     SELECT c.org_id, c.id, $3, least($4, coalesce(c.last_inbound_at, '-infinity'))
     FROM conversation AS c WHERE c.org_id = $1 AND c.id = $2
     ON CONFLICT (org_id, conversation_id, user_id) DO UPDATE SET read_to = greatest(r.read_to, excluded.read_to)`,
    [orgId, id, userId, to],
  );
  return rowCount === 1;
}

/** Whether a conversation is this organisation's. */
export async function conversationExists(orgId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query(`SELECT FROM conversation WHERE org_id = $1 AND id = $2`, [
    orgId,
    id,
  ]);
  return rowCount === 1;
}
