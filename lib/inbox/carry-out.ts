import type { Ctx } from "@/lib/auth/context";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { startFrom } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import type { Queryable } from "@/lib/db/pool";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { enqueue } from "@/lib/queue/enqueue";
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

/** Does within `tx` what was decided for a message: its interaction starts, its answer is queued, its canned words go. */
export async function carryOut(
  tx: Queryable,
  ctx: Ctx,
  garage: GarageProfile,
  conversationId: string,
  { id: messageId, message, gate, handling }: Decided,
): Promise<void> {
  if (handling.kind === "show" || handling.kind === "team") return;
  const { orgId } = garage;
  const { channel, providerId: providerRef } = message;
  await startInteraction(ctx, { orgId, channel, providerRef, start: startFrom(gate, ctx.now()) }, tx);
  if (handling.kind === "answer") await enqueue(tx, "answer-message", { orgId, conversationId, messageId });
  else if (handling.canned)
    await insertOutbound(tx, {
      orgId,
      id: ctx.newId(),
      conversationId,
      channel,
      author: "canned",
      body: cannedReply(channel, garage),
      sourceKey: `canned:${messageId}`,
      at: ctx.now(),
    });
}

/** Counts degraded messages apart, at no cost. What fails here is done by the sweep of unsettled interactions. */
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
