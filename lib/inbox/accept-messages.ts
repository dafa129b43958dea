import { type Ctx, requireSystem } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { publishLive } from "@/lib/notify/live";
import { carryOut, countDegraded } from "./carry-out";
import { aiPause } from "./core/ai-pause";
import { type Amended, type Amendment, amend } from "./core/amendments";
import { meaningOf } from "./core/consent-words";
import { attentionFor, decideHandling, type Handling } from "./core/decide-handling";
import type { InboundMessage } from "./core/message";
import { windowIsOpen } from "./core/window";
import { afterArrival, type WrittenTo } from "./core/written-to";
import { openConversation } from "./open-conversation";
import { amendmentsOf, amendStored } from "./store/amendments";
import { type ConsentChange, recordConsent } from "./store/contacts";
import { updateConversation } from "./store/conversations";
import { insertInbound, listStoredIds, NOTHING_RECENT, readRecent } from "./store/messages";

export type AcceptOutcome =
  | { readonly kind: "duplicate" }
  | {
      readonly kind: "accepted";
      readonly handling: Handling["kind"];
      readonly conversationId: string;
      readonly messageId: string;
    };

export type Accepted = {
  /** One for each message, in their order. */
  readonly outcomes: readonly AcceptOutcome[];
  /** Resolves when degraded messages are counted, which nobody need wait for; never rejects. */
  readonly counted: Promise<void>;
};

type Gated = { readonly message: InboundMessage; readonly gate: GateDecision };

type Taken = Gated & {
  readonly id: string;
  readonly amended: Amended;
  readonly handling: Handling;
};

/**
 * Takes in messages of one sender, in their order: each stored once, gated before any AI, then queued for an answer or
 * degraded with canned words, all in one transaction; staff see them at once. How a message starts is fixed here and
 * never changes. For the system only.
 */
export async function acceptMessages(
  ctx: Ctx,
  garage: GarageProfile,
  messages: readonly [InboundMessage, ...InboundMessage[]],
): Promise<Accepted> {
  requireSystem(ctx.actor);
  const { orgId } = garage;
  const [first, ...rest] = messages;
  const gated: [Gated, ...Gated[]] = [await gate(ctx, orgId, first)];
  for (const message of rest) gated.push(await gate(ctx, orgId, message));
  const { conversationId, taken } = await inTransaction((tx) => store(tx, ctx, garage, gated));
  if (taken.length > 0) {
    const asks = taken.some(({ handling }) => handling.kind !== "show");
    const type = asks ? "notification/new-message" : "conversation/changed";
    publishLive({ type, orgId, conversationId });
  }
  const counted = countDegraded(ctx, orgId, taken);
  const storedAs = new Map(taken.map((one) => [one.message, one]));
  const outcomes = messages.map((message): AcceptOutcome => {
    const stored = storedAs.get(message);
    if (!stored) return { kind: "duplicate" };
    return { kind: "accepted", handling: stored.handling.kind, conversationId, messageId: stored.id };
  });
  return { outcomes, counted };
}

async function gate(ctx: Ctx, orgId: string, message: InboundMessage): Promise<Gated> {
  const key = { orgId, channel: message.channel, providerRef: message.providerId };
  return { message, gate: await checkCredits(ctx, key) };
}

async function store(
  tx: Queryable,
  ctx: Ctx,
  garage: GarageProfile,
  gated: readonly [Gated, ...Gated[]],
): Promise<{ conversationId: string; taken: Taken[] }> {
  const { orgId } = garage;
  const now = ctx.now();
  const [{ message: first }] = gated;
  const { contact, conversation } = await openConversation(tx, ctx, { orgId, ...first });
  const { isNew } = conversation;
  const stored = isNew ? new Set<string>() : await listStoredIds(orgId, first.channel, idsOf(gated), tx);
  const fresh = withoutRepeats(gated, stored);
  if (fresh.length === 0) return { conversationId: conversation.id, taken: [] };
  const given = fresh.flatMap(({ message }) => asAmendment(message));
  const mayBeAmended = first.channel === "whatsapp" && !isNew;
  const earlier = mayBeAmended ? await amendmentsOf(tx, conversation, idsOf(fresh)) : [];
  const amendments = [...earlier, ...given];
  const recent = isNew ? { ...NOTHING_RECENT } : await readRecent(tx, conversation, now);
  let writtenTo: WrittenTo = conversation;
  let optedOut = contact.optedOutAt !== null;
  const taken: Taken[] = [];
  const consents: ConsentChange[] = [];
  for (const { message, gate } of fresh) {
    writtenTo = afterArrival(writtenTo, message);
    const consent = meaningOf(message.consent, optedOut);
    const amended = amend(message, amendments);
    const handling = decideHandling({
      wantsAnswer: message.wantsAnswer,
      unreadable: message.type === "unsupported",
      revoked: amended.revokedAt !== null,
      consent,
      canBeAnswered: message.sender.canBeAnswered,
      optedOut,
      windowOpen: message.channel === "sms" || windowIsOpen(writtenTo.windowEndsAt ?? new Date(0), now),
      pause: aiPause(conversation, gate, now),
      ...recent,
      now,
    });
    if (handling.kind === "degrade" && handling.canned) {
      recent.recentCanned += 1;
      recent.cannedInHold = true;
    }
    if (consent !== null) {
      consents.push({ id: ctx.newId(), kind: consent, source: "message", at: message.at });
      optedOut = consent === "opt_out";
    }
    taken.push({ id: ctx.newId(), message, gate, amended, handling });
  }
  await recordConsent(tx, orgId, contact.id, consents);
  const inserted = await insertInbound(tx, {
    orgId,
    conversationId: conversation.id,
    channel: first.channel,
    receivedAt: now,
    messages: taken,
  });
  await amendStored(tx, conversation, "customer", given);
  await updateConversation(tx, conversation, {
    ...writtenTo,
    lastMessageAt: latest(fresh.map(({ message }) => message.at)),
    attention:
      taken.map(({ handling }) => attentionFor(handling)).findLast((reason) => reason !== null) ?? null,
  });
  const kept = taken.filter(({ id }) => inserted.has(id));
  await carryOut(tx, ctx, garage, { id: conversation.id, channel: first.channel }, kept);
  return { conversationId: conversation.id, taken: kept };
}

const idsOf = (gated: readonly Gated[]): string[] => gated.map(({ message }) => message.providerId);

/** Without what is stored already, and without what the batch itself repeats. */
function withoutRepeats(gated: readonly Gated[], stored: ReadonlySet<string>): Gated[] {
  const seen = new Set(stored);
  return gated.filter(({ message: { providerId } }) => {
    if (seen.has(providerId)) return false;
    seen.add(providerId);
    return true;
  });
}

function asAmendment({ type, refersTo, body, at }: InboundMessage): Amendment[] {
  const amends = type === "edit" || type === "revoke";
  return amends && refersTo !== undefined ? [{ type, refersTo, body, at }] : [];
}

const latest = (times: readonly Date[]): Date | null =>
  times.reduce<Date | null>((last, at) => (last !== null && last > at ? last : at), null);
