import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import type { Queryable } from "@/lib/db/pool";
import type { Handling } from "../core/decide-handling";
import type { MessageChannel, MessageType } from "../core/message";
import { STORED_HANDLING } from "./messages";

/** A message of a customer's that neither the AI nor a person has answered. */
export type WaitingMessage = {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly type: MessageType;
  readonly providerId: string;
  /** `team`: no interaction has started for it. */
  readonly handling: "team" | "handed-off" | "degraded";
  readonly reason: DegradationReason | null;
  readonly canBeAnswered: boolean;
  readonly optedOut: boolean;
};

/**
 * What waits in a conversation, the oldest first: what came after it was last done, and after the AI or the team last wrote. On
 * the garage's own phone its people see everything as it is written.
 */
export async function listWaiting(
  tx: Queryable,
  orgId: string,
  conversationId: string,
): Promise<WaitingMessage[]> {
  const { rows } = await tx.query<WaitingMessage>(
    `SELECT w.id, w.channel, w.type, w.provider_id AS "providerId", w.handling, w.degradation_reason AS reason,
            w.channel <> 'sms' OR k.phone IS NOT NULL AS "canBeAnswered", k.opted_out_at IS NOT NULL AS "optedOut"
     FROM message AS w
     JOIN conversation AS c ON c.org_id = w.org_id AND c.id = w.conversation_id
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     WHERE w.org_id = $1 AND w.conversation_id = $2 AND w.handling IN ('team', 'handed-off', 'degraded')
       AND w.revoked_at IS NULL
       AND NOT EXISTS (SELECT FROM conversation_event AS e WHERE e.org_id = w.org_id AND e.conversation_id = w.conversation_id
         AND e.kind = 'done' AND e.at >= w.received_at)
       AND NOT EXISTS (SELECT FROM message AS g WHERE g.org_id = w.org_id AND g.conversation_id = w.conversation_id
         AND g.author IN ('ai', 'staff') AND g.status NOT IN ('withdrawn', 'failed')
         AND CASE WHEN g.type = 'echo' THEN g.at > w.at ELSE (g.received_at, g.id) > (w.received_at, w.id) END)
     ORDER BY w.at, w.id`,
    [orgId, conversationId],
  );
  return rows;
}

/** A message that was the team's is decided anew. */
export async function redecide(tx: Queryable, orgId: string, id: string, handling: Handling): Promise<void> {
  const reason = "reason" in handling ? handling.reason : null;
  await tx.query(
    `UPDATE message SET handling = $3, degraded = $4::text IS NOT NULL, degradation_reason = $4 WHERE org_id = $1 AND id = $2`,
    [orgId, id, STORED_HANDLING[handling.kind], reason],
  );
}
