import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { maySendFrom } from "@/lib/garage/own-lines";
import { publishLive } from "@/lib/notify/live";
import { isWithPeople } from "./core/ai-pause";
import { decideSend, type SendRefusal } from "./core/decide-send";
import type { OutboundMessage } from "./core/message";
import { type LockedConversation, lockConversation } from "./store/conversations";
import { recordAftermath } from "./store/messages";
import { findOutbound, markSending, refuseSend, type StoredOutbound } from "./store/outbound";
import { findOutboundFile } from "./store/uploads";
import { wantPerson } from "./want-person";

export type ClaimOutcome =
  | { readonly kind: "send"; readonly message: OutboundMessage }
  | { readonly kind: "refused"; readonly reason: SendRefusal }
  /** Its file must be given to the provider first; nothing was marked. */
  | { readonly kind: "hand-over" }
  /** Sent, failed or withdrawn before; or sending when its process died, so that it is unknown whether it arrived. */
  | { readonly kind: "done" };

/**
 * Looks at a queued message once more at the moment of sending, under its conversation's lock: whether a person has the
 * conversation by now, the customer has opted out, or the window has closed. What may go is marked as being sent.
 */
export async function claimMessage(ctx: Ctx, orgId: string, messageId: string): Promise<ClaimOutcome> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const claimed = await inTransaction(async (tx) => {
    const found = await findOutbound(tx, orgId, messageId);
    if (!found) return undefined;
    const conversation = await lockConversation(tx, orgId, found.conversationId);
    const current = await findOutbound(tx, orgId, messageId);
    if (!current) return undefined;
    const decision = decideSend({
      status: current.status,
      author: current.author,
      withPeople: isWithPeople(conversation, now),
      optedOut: current.optedOut,
      lineServes: await lineServes(tx, orgId, conversation),
      window:
        current.channel === "whatsapp" && !current.template ? { endsAt: conversation.windowEndsAt } : null,
      now,
    });
    const isFile = current.type === "image" || current.type === "document";
    const file = isFile ? await findOutboundFile(orgId, messageId, tx) : undefined;
    if (decision.kind === "send" && isFile && !file?.ref) return "hand-over";
    if (decision.kind === "send") await markSending(tx, orgId, messageId, conversation.identity);
    if (decision.kind === "refused") {
      await refuseSend(tx, current, decision.reason, now);
      await leaveToPeople(tx, ctx, { message: current, conversation }, decision.reason);
    }
    return { decision, conversation, current, file };
  });
  if (claimed === "hand-over") return { kind: "hand-over" };
  if (!claimed || claimed.decision.kind === "done") return { kind: "done" };
  const { decision, conversation, current, file } = claimed;
  if (decision.kind === "refused") {
    publishLive({ type: "conversation/changed", orgId, conversationId: conversation.id });
    return decision;
  }
  const { channel, to, body, template } = current;
  const message = { orgId, messageId, channel, identity: conversation.identity, to, body };
  const carried = {
    ...(template && { template }),
    ...(file?.ref && { file: { ...file, ref: file.ref } }),
  };
  return { kind: "send", message: { ...message, ...carried } };
}

/** A mechanic's question leaves by no line. */
const lineServes = async (
  tx: Queryable,
  orgId: string,
  { channel, identity }: LockedConversation,
): Promise<boolean> => channel === "diagnostics" || maySendFrom(tx, orgId, { channel, identity });

/** The AI's answer did not go: the customer still waits, for a person. Where one took over, that person knows. */
async function leaveToPeople(
  tx: Queryable,
  ctx: Ctx,
  { message, conversation }: { message: StoredOutbound; conversation: LockedConversation },
  refusal: SendRefusal,
): Promise<void> {
  const { orgId, author, sourceKey } = message;
  const answered = /^answer:([0-9a-f-]{36})$/.exec(sourceKey)?.[1];
  if (author !== "ai" || answered === undefined) return;
  await recordAftermath(tx, orgId, answered, "handed-off", null);
  if (refusal === "taken-over") return;
  await wantPerson(tx, ctx, conversation, { reason: "no-automatic-answer", summary: null });
}
