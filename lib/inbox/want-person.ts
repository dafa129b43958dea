import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import type { AttentionReason } from "./core/attention";
import { flagConversation, type LockedConversation } from "./store/conversations";
import { insertEvent } from "./store/events";

/** A person should look at a conversation: what was done or set aside is open again, and the thread tells of it. */
export async function wantPerson(
  tx: Queryable,
  ctx: Ctx,
  { orgId, id, doneAt, snoozedUntil }: LockedConversation,
  why: { readonly reason: AttentionReason; readonly summary: string | null },
): Promise<void> {
  await flagConversation(tx, { orgId, id, ...why });
  if (doneAt === null && snoozedUntil === null) return;
  const event = { orgId, id: ctx.newId(), conversationId: id, kind: "reopened", userId: null } as const;
  await insertEvent(tx, { ...event, at: ctx.now() });
}
