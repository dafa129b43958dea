import { type Ctx, requireMember } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { NAMES } from "./core/media";
import { hold } from "./hold";
import { refuseMeanwhile, type Seen } from "./refuse-meanwhile";
import { refuseUnreachable } from "./refuse-unreachable";
import { contactOptedOut } from "./store/contacts";
import { type LockedConversation, lockConversation } from "./store/conversations";
import { insertOutbound } from "./store/messages";
import { findLatestInbound, findOutbound, type StoredOutbound } from "./store/replies";
import { attachUpload, lockUpload } from "./store/uploads";
import { usedKey } from "./used-key";

/** WhatsApp takes 4,096 characters, an SMS 1,600. */
export const MAX_REPLY = { whatsapp: 4_096, sms: 1_600, diagnostics: 4_096 } as const;

/** Below a picture or a document. */
export const MAX_CAPTION = 1_024;

export type ReplyInput = {
  readonly orgId: string;
  readonly conversationId: string;
  /** With a file, what stands below it; it may be empty then. */
  readonly body: string;
  /** A file that the member has uploaded to this conversation. */
  readonly mediaId?: string | undefined;
  /** The browser's own key: the same key sends once, however often it is posted. */
  readonly key: string;
} & Seen;

export type ReplyOutcome = { readonly kind: "queued" | "repeated" };

/**
 * A member's own words to the customer, or to the mechanic who asked; who replies holds the conversation. Never costs
 * credits. Needs `messages.send`. Throws conflict where it could not arrive (an opted-out number, WhatsApp's closed window)
 * its file was sent before, or its key was used for something else, and answered_meanwhile where somebody else replied after what the member saw.
 */
export async function reply(ctx: Ctx, input: ReplyInput): Promise<ReplyOutcome> {
  const { userId } = requireMember(ctx.actor, input.orgId, "messages.send");
  const { orgId, conversationId } = input;
  const body = input.body.trim();
  const now = ctx.now();
  const { channel, stored } = await inTransaction(async (tx) => {
    const conversation = await lockConversation(tx, orgId, conversationId);
    const sourceKey = `staff:${userId}:${input.key}`;
    const earlier = await findOutbound(tx, orgId, sourceKey, input.mediaId);
    if (earlier) {
      const isSame = earlier.conversationId === conversationId && isSameReply(earlier, input);
      if (!isSame) throw usedKey();
      return { channel: conversation.channel, stored: undefined };
    }
    await refuseVain(tx, conversation, input, now);
    await refuseMeanwhile(tx, conversation, userId, input);
    const file = await fileOf(tx, input);
    const stored = await insertOutbound(tx, {
      orgId,
      id: ctx.newId(),
      conversationId,
      channel: conversation.channel,
      author: "staff",
      ...(file?.message(body) ?? { body }),
      sourceKey,
      staffUserId: userId,
      ...(await questionOf(tx, conversation)),
      at: now,
    });
    if (stored) await file?.attach(ctx, stored, now);
    if (stored) await hold(tx, ctx, conversation, userId);
    return { channel: conversation.channel, stored };
  });
  if (stored) {
    publishLive({ type: "conversation/changed", orgId, conversationId });
    if (channel === "diagnostics") publishLive({ type: "diagnostics/changed", orgId });
  }
  return { kind: stored ? "queued" : "repeated" };
}

/** A file without words has its name for a body. */
function isSameReply({ isTemplate, body, hasFile, isSameFile }: StoredOutbound, input: ReplyInput): boolean {
  const words = input.body.trim();
  return !isTemplate && isSameFile && (body === words || (hasFile && words === ""));
}

async function refuseVain(
  tx: Queryable,
  { orgId, contactId, channel, windowEndsAt }: LockedConversation,
  { body, mediaId }: Pick<ReplyInput, "body" | "mediaId">,
  now: Date,
): Promise<void> {
  const length = body.trim().length;
  if (length === 0 && mediaId === undefined) throw new AppError("invalid_input", "Write a message first.");
  if (length > (mediaId === undefined ? MAX_REPLY[channel] : MAX_CAPTION))
    throw new AppError("invalid_input", "This message is too long to send.");
  if (mediaId !== undefined && channel !== "whatsapp")
    throw new AppError("conflict", "Files can be sent on WhatsApp only.");
  refuseUnreachable({ channel, windowEndsAt, optedOut: await contactOptedOut(tx, orgId, contactId) }, now);
}

/** The member's file, held until the transaction ends: what the message says of it, and how it comes to the message. */
async function fileOf(tx: Queryable, { orgId, conversationId, mediaId }: ReplyInput) {
  if (mediaId === undefined) return undefined;
  const upload = await lockUpload(tx, { orgId, conversationId, id: mediaId });
  if (!upload) throw new AppError("not_found", "The file is not there any more. Choose it again.");
  const { kind, fileName, messageId, hasFailed } = upload;
  return {
    message: (caption: string) => ({
      type: kind,
      body: caption || (kind === "image" ? NAMES.image : fileName),
      parts: caption ? { captioned: true } : {},
    }),
    attach: async (ctx: Ctx, to: string, at: Date) => {
      if (messageId !== null && !hasFailed) throw new AppError("conflict", "This file was sent before.");
      await attachUpload(tx, { orgId, id: mediaId, newId: ctx.newId(), messageId: to, at });
    },
  };
}

/** A mechanic reads the reply under the question that was asked last. */
async function questionOf(
  tx: Queryable,
  { orgId, id, channel }: LockedConversation,
): Promise<{ refersTo?: string }> {
  const question = channel === "diagnostics" ? await findLatestInbound(tx, orgId, id) : undefined;
  return question === undefined ? {} : { refersTo: question };
}
