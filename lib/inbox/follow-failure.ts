import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { whatsAppNumbersOf } from "@/lib/garage/business-accounts";
import { enqueue } from "@/lib/queue/enqueue";
import type { Failure } from "./core/message";
import { lockContact, recordConsent } from "./store/contacts";
import { closeWindow, lockConversation } from "./store/conversations";
import { lockOutbound, type StoredOutbound } from "./store/outbound";
import { wantPerson } from "./want-person";

const ENDED = new Set(["failed", "delivered", "read", "withdrawn"]);

/**
 * What follows from a message that could not be delivered, whether its send or a later status said so: staff are told,
 * the window closes as of then, the customer counts as opted out, templates are read anew, an operator is called. Once for a message, and before
 * the failure is recorded on it; nothing for one that had failed or arrived before.
 */
export async function followFailure(
  tx: Queryable,
  ctx: Ctx,
  message: Pick<StoredOutbound, "orgId" | "id" | "conversationId" | "contactId" | "identity">,
  failure: Failure,
  at: Date,
): Promise<void> {
  const { orgId, contactId, conversationId } = message;
  // The contact before its conversation, as every arriving message locks them.
  const { optedOutAt } = await lockContact(tx, orgId, contactId);
  const conversation = await lockConversation(tx, orgId, conversationId);
  const { status } = await lockOutbound(tx, orgId, message.id);
  if (ENDED.has(status)) return;
  await wantPerson(tx, ctx, conversation, { reason: "not-delivered", summary: null });
  switch (failure.next) {
    case "tell-staff":
      return;
    case "close-window":
      return closeWindow(tx, { orgId, id: conversationId, identity: message.identity, at });
    case "opted-out":
      if (optedOutAt === null) {
        const id = ctx.newId();
        await recordConsent(tx, orgId, contactId, [{ id, kind: "opt_out", source: "provider-error", at }]);
      }
      return;
    case "read-templates": {
      const numbers = await whatsAppNumbersOf(orgId, tx);
      const accountId = numbers.find(({ identity }) => identity === message.identity)?.accountId;
      if (accountId) await enqueue(tx, "read-templates", { accountId });
      return;
    }
    case "alert-operator":
      ctx.log.error({ orgId, code: failure.code }, "a provider refuses our messages: an operator must look");
  }
}
