import type { Ctx } from "@/lib/auth/context";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { startFrom } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteractions } from "@/lib/credits/start-interactions";
import type { Queryable } from "@/lib/db/pool";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { enqueueAll } from "@/lib/queue/enqueue";
import { microUsd } from "@/lib/shared/money";
import { cannedReply } from "./core/canned-reply";
import type { Handling } from "./core/decide-handling";
import type { MessageChannel } from "./core/message";
import { insertOutbound } from "./store/messages";

/** A stored message of a customer's, and what was decided for it. */
export type Decided = {
  readonly id: string;
  readonly message: { readonly channel: MessageChannel; readonly providerId: string };
  readonly gate: GateDecision;
  readonly handling: Handling;
};

/**
 * Does within `tx` what was decided for messages of one conversation: their interactions start, their answers are queued,
 * their canned words go.
 */
export async function carryOut(
  tx: Queryable,
  ctx: Ctx,
  garage: GarageProfile,
  conversation: { readonly id: string; readonly channel: MessageChannel },
  decided: readonly Decided[],
): Promise<void> {
  const { orgId } = garage;
  const { id: conversationId, channel } = conversation;
  const starting = decided.filter(({ handling: { kind } }) => kind === "answer" || kind === "degrade");
  const starts = starting.map(({ message, gate }) => ({
    providerRef: message.providerId,
    start: startFrom(gate, ctx.now()),
  }));
  await startInteractions(ctx, { orgId, channel, starts }, tx);
  const answers = starting.filter(({ handling }) => handling.kind === "answer");
  await enqueueAll(
    tx,
    "answer-message",
    answers.map(({ id: messageId }) => ({ orgId, conversationId, messageId })),
  );
  // Few at most: the loop brake limits them.
  for (const { id, handling } of starting)
    if (handling.kind === "degrade" && handling.canned)
      await insertOutbound(tx, {
        orgId,
        id: ctx.newId(),
        conversationId,
        channel,
        author: "canned",
        body: cannedReply(channel, garage),
        sourceKey: `canned:${id}`,
        at: ctx.now(),
      });
}

/** Settles degraded messages outside the transaction, at no cost. Where that fails, `settle-leftovers` does it. */
export async function countDegraded(ctx: Ctx, orgId: string, decided: readonly Decided[]): Promise<void> {
  const degraded = decided.filter(({ handling }) => handling.kind === "degrade");
  const settles = degraded.map(({ message: { channel, providerId: providerRef }, gate }) =>
    settleInteraction(ctx, {
      orgId,
      channel,
      providerRef,
      cost: microUsd(0n),
      counted: true,
      start: startFrom(gate, ctx.now()),
    }),
  );
  for (const settled of await Promise.allSettled(settles)) {
    if (settled.status === "rejected")
      ctx.log.warn({ err: settled.reason, orgId }, "a degraded message is not counted yet");
  }
}
