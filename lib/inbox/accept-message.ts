import { type Ctx, requireSystem } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { startFrom } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { cannedReply } from "@/lib/inbox/core/canned-reply";
import type { InboundMessage } from "@/lib/inbox/core/message";
import { publishLive } from "@/lib/notify/live";
import { enqueue } from "@/lib/queue/enqueue";
import { microUsd } from "@/lib/shared/money";
import { meaningOf } from "./core/consent-words";
import { decideHandling, type Handling } from "./core/decide-handling";
import { windowEnd, windowIsOpen } from "./core/window";
import { recordConsent, upsertContact } from "./store/contacts";
import { type LockedConversation, lockContactConversation, touchConversation } from "./store/conversations";
import { applyToTarget, countCannedSince, insertInbound, insertOutbound, isStored } from "./store/messages";

export type AcceptOutcome =
  | { readonly kind: "duplicate" }
  | {
      readonly kind: "accepted";
      readonly handling: Handling["kind"];
      readonly conversationId: string;
      readonly messageId: string;
    };

const LOOP_MS = 10 * 60_000;

/** Types that open or refresh WhatsApp's window; reactions, edits and the like do not. */
const OPENS_WINDOW = new Set<InboundMessage["type"]>([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "button",
  "order",
  "unsupported",
]);

/**
 * Takes in one message: stored once, gated before any AI, then queued for an answer or degraded with the canned reply,
 * all in one transaction; staff see it at once. Its mode is fixed here and never changes.
 */
export async function acceptMessage(
  ctx: Ctx,
  garage: GarageProfile,
  message: InboundMessage,
): Promise<AcceptOutcome> {
  requireSystem(ctx.actor);
  const key = { orgId: garage.orgId, channel: message.channel, providerRef: message.providerId };
  const gate = await checkCredits(ctx, key);
  const accepted = await inTransaction((tx) => store(tx, ctx, garage, message, gate));
  if (accepted.kind === "duplicate") return accepted;
  const type = message.wantsAnswer && !message.consent ? "notification/new-message" : "conversation/changed";
  publishLive({ type, orgId: garage.orgId, conversationId: accepted.conversationId });
  if (accepted.handling === "degrade") {
    // Counted apart, at no cost. If this fails, the sweep of unsettled interactions does it.
    const start = startFrom(gate, message.at);
    await settleInteraction(ctx, { ...key, cost: microUsd(0n), counted: true, start }).catch(
      (error: unknown) =>
        ctx.log.warn({ err: error, orgId: garage.orgId }, "a degraded message is not counted yet"),
    );
  }
  return accepted;
}

async function store(
  tx: Queryable,
  ctx: Ctx,
  garage: GarageProfile,
  message: InboundMessage,
  gate: GateDecision,
): Promise<AcceptOutcome> {
  const { orgId } = garage;
  const now = ctx.now();
  const contact = await upsertContact(tx, {
    orgId,
    channel: message.channel,
    sender: message.sender,
    newId: ctx.newId(),
    at: now,
  });
  const conversation = await lockContactConversation(tx, {
    orgId,
    newId: ctx.newId(),
    contactId: contact.id,
    channel: message.channel,
    identity: message.identity,
    at: message.at,
  });
  if (await isStored(tx, orgId, message.channel, message.providerId)) return { kind: "duplicate" };
  const windowEndsAt =
    message.channel === "whatsapp" && OPENS_WINDOW.has(message.type) ? windowEnd(message.at) : null;
  const optedOut = contact.optedOutAt !== null;
  const consent = meaningOf(message.consent, optedOut);
  const handling = decideHandling({
    wantsAnswer: message.wantsAnswer,
    consent,
    canBeAnswered: message.sender.canBeAnswered,
    optedOut,
    windowOpen: windowIsOpen(latest(windowEndsAt, conversation.windowEndsAt), now),
    held: conversation.heldBy !== null,
    recentCanned: await countCannedSince(tx, orgId, conversation.id, new Date(now.getTime() - LOOP_MS)),
    gate,
  });
  const messageId = ctx.newId();
  const degraded = handling.kind === "degrade" ? handling.reason : null;
  await insertInbound(tx, {
    orgId,
    id: messageId,
    conversationId: conversation.id,
    message,
    degraded,
    receivedAt: now,
  });
  await applyToTarget(tx, orgId, message);
  if (consent === "opt_out" || consent === "opt_in") {
    const record = {
      orgId,
      contactId: contact.id,
      id: ctx.newId(),
      kind: consent,
      source: "message",
    } as const;
    await recordConsent(tx, { ...record, at: message.at });
  }
  await touchConversation(tx, {
    orgId,
    id: conversation.id,
    identity: message.identity,
    at: message.at,
    windowEndsAt,
    attention: attentionFor(handling),
    degraded,
  });
  await act(tx, ctx, garage, message, gate, handling, conversation, messageId);
  return { kind: "accepted", handling: handling.kind, conversationId: conversation.id, messageId };
}

async function act(
  tx: Queryable,
  ctx: Ctx,
  garage: GarageProfile,
  message: InboundMessage,
  gate: GateDecision,
  handling: Handling,
  conversation: LockedConversation,
  messageId: string,
): Promise<void> {
  if (handling.kind === "record") return;
  const { orgId } = garage;
  const key = { orgId, channel: message.channel, providerRef: message.providerId };
  await startInteraction(ctx, { ...key, start: startFrom(gate, message.at) }, tx);
  if (handling.kind === "answer")
    await enqueue(tx, "answer-message", { orgId, conversationId: conversation.id, messageId });
  else if (handling.canned) {
    await insertOutbound(tx, {
      orgId,
      id: ctx.newId(),
      conversationId: conversation.id,
      channel: message.channel,
      author: "canned",
      body: cannedReply(message.channel, {
        orgName: garage.name,
        orgPhone: garage.phone,
        portalUrl: garage.portalUrl,
      }),
      sourceKey: `canned:${messageId}`,
      staffUserId: null,
      at: ctx.now(),
    });
  }
}

function attentionFor(handling: Handling): string | null {
  if (handling.kind === "degrade") return handling.reason;
  return handling.kind === "record" && handling.attention ? "no-automatic-answer" : null;
}

const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
