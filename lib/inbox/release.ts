import type { Ctx } from "@/lib/auth/context";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { gateNow } from "@/lib/credits/gate-now";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { getGarage } from "@/lib/garage/get-garage";
import { publishLive } from "@/lib/notify/live";
import { carryOut, countDegraded, type Decided } from "./carry-out";
import { aiPause } from "./core/ai-pause";
import { attentionFor, decideHandling } from "./core/decide-handling";
import { windowIsOpen } from "./core/window";
import { type LockedConversation, lockConversation, releaseConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import { readRecent } from "./store/messages";
import { listWaiting, redecide, type WaitingMessage } from "./store/unanswered";

/**
 * Ends the hold on a conversation. Where the customer still waits, their latest message that never started is decided
 * as if it came now: the AI answers it, or it degrades. What had started before stays with the team, flagged. For the
 * system only, on behalf of whoever hands back (`by`; null: of nobody).
 */
export async function release(
  ctx: Ctx,
  { orgId, conversationId, by }: { orgId: string; conversationId: string; by: string | null },
): Promise<void> {
  const [gate, garage] = await Promise.all([gateNow(ctx, orgId), getGarage(ctx, orgId)]);
  const decided = await inTransaction(async (tx) => {
    const conversation = await lockConversation(tx, orgId, conversationId);
    await tellOf(tx, ctx, conversation, by);
    return letGo(tx, ctx, { garage, gate, conversation });
  });
  publishLive({ type: "conversation/changed", orgId, conversationId });
  await countDegraded(ctx, orgId, decided);
}

/** The thread tells of it where somebody had the conversation. */
async function tellOf(
  tx: Queryable,
  ctx: Ctx,
  { orgId, id, heldSince, aiPausedUntil }: LockedConversation,
  userId: string | null,
): Promise<void> {
  const at = ctx.now();
  if (heldSince === null && (aiPausedUntil === null || aiPausedUntil <= at)) return;
  await insertEvent(tx, { orgId, id: ctx.newId(), conversationId: id, kind: "handed_back", userId, at });
}

type Released = {
  readonly garage: GarageProfile;
  readonly gate: GateDecision;
  readonly conversation: LockedConversation;
};

async function letGo(tx: Queryable, ctx: Ctx, released: Released): Promise<Decided[]> {
  const { orgId, id } = released.conversation;
  const waiting = await listWaiting(tx, orgId, id);
  const unstarted = waiting.findLast(({ handling }) => handling === "team");
  const decided = unstarted && (await decideAnew(tx, ctx, released, unstarted));
  if (decided) {
    await redecide(tx, orgId, decided.id, decided.handling);
    await carryOut(tx, ctx, released.garage, { id, channel: decided.message.channel }, decided);
  }
  const started = waiting.findLast(({ handling }) => handling !== "team");
  const open = started ? (started.reason ?? "no-automatic-answer") : null;
  const attention = (decided && attentionFor(decided.handling)) ?? open;
  await releaseConversation(tx, { orgId, id, attention, at: ctx.now() });
  return decided ? [decided] : [];
}

async function decideAnew(
  tx: Queryable,
  ctx: Ctx,
  { gate, conversation }: Released,
  message: WaitingMessage,
): Promise<Decided> {
  const now = ctx.now();
  const windowOpen = message.channel === "sms" || windowIsOpen(conversation.windowEndsAt ?? new Date(0), now);
  const handling = decideHandling({
    wantsAnswer: true,
    unreadable: message.type === "unsupported",
    revoked: false,
    consent: null,
    canBeAnswered: message.canBeAnswered,
    optedOut: message.optedOut,
    windowOpen,
    pause: aiPause({ heldBy: null, aiPausedUntil: null }, gate, now),
    ...(await readRecent(tx, conversation, now)),
    now,
  });
  return { id: message.id, message, gate, handling };
}
