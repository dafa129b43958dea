import { type Ctx, requireMember } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { windowIsOpen } from "./core/window";
import { hold } from "./hold";
import { refuseMeanwhile, type Seen } from "./refuse-meanwhile";
import { contactOptedOut } from "./store/contacts";
import { type LockedConversation, lockConversation } from "./store/conversations";
import { insertOutbound } from "./store/messages";
import { findLatestInbound, isOutboundStored } from "./store/replies";

/** WhatsApp takes 4,096 characters, an SMS 1,600. */
export const MAX_REPLY = { whatsapp: 4_096, sms: 1_600, diagnostics: 4_096 } as const;

export type ReplyInput = {
  readonly orgId: string;
  readonly conversationId: string;
  readonly body: string;
  /** The browser's own key: the same key sends once, however often it is posted. */
  readonly key: string;
} & Seen;

export type ReplyOutcome = { readonly kind: "queued" | "repeated" };

/**
 * A member's own words to the customer, or to the mechanic who asked; who replies holds the conversation. Never costs
 * credits. Needs `messages.send`. Throws conflict where it could not arrive (an opted-out number, WhatsApp's closed window),
 * and answered_meanwhile where somebody else replied after what the member saw.
 */
export async function reply(ctx: Ctx, input: ReplyInput): Promise<ReplyOutcome> {
  const { userId } = requireMember(ctx.actor, input.orgId, "messages.send");
  const { orgId, conversationId } = input;
  const body = input.body.trim();
  const now = ctx.now();
  const { channel, stored } = await inTransaction(async (tx) => {
    const conversation = await lockConversation(tx, orgId, conversationId);
    const sourceKey = `staff:${userId}:${input.key}`;
    if (await isOutboundStored(tx, orgId, sourceKey))
      return { channel: conversation.channel, stored: undefined };
    await refuseVain(tx, conversation, body, now);
    await refuseMeanwhile(tx, conversation, userId, input);
    const stored = await insertOutbound(tx, {
      orgId,
      id: ctx.newId(),
      conversationId,
      channel: conversation.channel,
      author: "staff",
      body,
      sourceKey,
      staffUserId: userId,
      ...(await questionOf(tx, conversation)),
      at: now,
    });
    if (stored) await hold(tx, ctx, conversation, userId);
    return { channel: conversation.channel, stored };
  });
  if (stored) {
    publishLive({ type: "conversation/changed", orgId, conversationId });
    if (channel === "diagnostics") publishLive({ type: "diagnostics/changed", orgId });
  }
  return { kind: stored ? "queued" : "repeated" };
}

async function refuseVain(
  tx: Queryable,
  { orgId, contactId, channel, windowEndsAt }: LockedConversation,
  body: string,
  now: Date,
): Promise<void> {
  if (body === "") throw new AppError("invalid_input", "Write a message first.");
  if (body.length > MAX_REPLY[channel])
    throw new AppError("invalid_input", "This message is too long to send.");
  if (await contactOptedOut(tx, orgId, contactId))
    throw new AppError("conflict", "This customer has opted out of messages.");
  if (channel === "whatsapp" && !windowIsOpen(windowEndsAt ?? new Date(0), now))
    throw new AppError(
      "conflict",
      "The 24-hour window has closed: only a pre-approved template can be sent.",
    );
}

/** A mechanic reads the reply under the question that was asked last. */
async function questionOf(
  tx: Queryable,
  { orgId, id, channel }: LockedConversation,
): Promise<{ refersTo?: string }> {
  const question = channel === "diagnostics" ? await findLatestInbound(tx, orgId, id) : undefined;
  return question === undefined ? {} : { refersTo: question };
}
