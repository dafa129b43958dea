import type { Ctx } from "@/lib/auth/context";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { startFrom } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteractions } from "@/lib/credits/start-interactions";
import type { Queryable } from "@/lib/db/pool";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { enqueue } from "@/lib/queue/enqueue";
import { JOBS } from "@/lib/queue/jobs";
import { microUsd } from "@/lib/shared/money";
import { cannedReply } from "./core/canned-reply";
import type { Handling } from "./core/decide-handling";
import type { MessageChannel } from "./core/message";
import type { Consequences } from "./store/arrive";
import { insertOutbound } from "./store/messages";

/** A stored message of a customer's, and what was decided for it. */
export type Decided = {
  readonly id: string;
  readonly message: { readonly channel: MessageChannel; readonly providerId: string };
  readonly gate: GateDecision;
  readonly handling: Handling;
};

/** What follows from messages of one conversation: their interactions start, their answers are queued, canned words go. */
export function consequencesOf(
  ctx: Ctx,
  garage: GarageProfile,
  conversation: { readonly id: string; readonly channel: MessageChannel },
  decided: readonly Decided[],
): Consequences {
  const { orgId } = garage;
  const { id: conversationId, channel } = conversation;
  const at = ctx.now();
  const starting = decided.filter(({ handling: { kind } }) => kind === "answer" || kind === "degrade");
  return {
    starts: starting.map(({ id: messageId, message: { providerId: providerRef }, gate }) => ({
      messageId,
      providerRef,
      start: startFrom(gate, at),
    })),
    answers: starting.flatMap(({ id: messageId, handling }) =>
      handling.kind === "answer"
        ? [{ messageId, job: JOBS["answer-message"].plan({ orgId, conversationId, messageId }) }]
        : [],
    ),
    // Few at most: the loop brake limits them.
    canned: starting.flatMap(({ id: messageId, handling }) => {
      if (handling.kind !== "degrade" || !handling.canned) return [];
      const id = ctx.newId();
      const job = JOBS["send-message"].plan({ orgId, conversationId, messageId: id });
      const words = { id, conversationId, author: "canned", body: cannedReply(channel, garage), at } as const;
      return [{ messageId, words: { ...words, sourceKey: `canned:${messageId}` }, job }];
    }),
  };
}

/** Does within `tx` what was decided for a message that has been stored before. */
export async function carryOut(
  tx: Queryable,
  ctx: Ctx,
  garage: GarageProfile,
  conversation: { readonly id: string; readonly channel: MessageChannel },
  decided: Decided,
): Promise<void> {
  const { orgId } = garage;
  const { id: conversationId, channel } = conversation;
  const { starts, answers, canned } = consequencesOf(ctx, garage, conversation, [decided]);
  await startInteractions(ctx, { orgId, channel, starts }, tx);
  for (const { messageId } of answers)
    await enqueue(tx, "answer-message", { orgId, conversationId, messageId });
  for (const { words } of canned) await insertOutbound(tx, { orgId, channel, ...words });
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
