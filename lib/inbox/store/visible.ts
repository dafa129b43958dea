/** What of a conversation is shown, listed and told to the AI: what was withdrawn unsent is not part of it. */
export const VISIBLE = (message: string): string => `${message}.status IS DISTINCT FROM 'withdrawn'`;

/**
 * Whether anything was written or done in conversation `c`: what a colleague only opened is in no list. Asked in this order
 * because nearly every conversation has an inbound message, and as subqueries of one row so that no table is read whole.
 */
export const BEGUN = `(c.last_inbound_at IS NOT NULL
  OR (SELECT true FROM message AS m WHERE m.org_id = c.org_id AND m.conversation_id = c.id AND ${VISIBLE("m")} LIMIT 1)
  OR (SELECT true FROM conversation_event AS e WHERE e.org_id = c.org_id AND e.conversation_id = c.id LIMIT 1))`;
