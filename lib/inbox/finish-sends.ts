import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { MessageChannel, StatusUpdate, UnfinishedMessage } from "./core/message";
import { recordSend } from "./record-send";
import { recordStatus } from "./record-status";
import { listUnfinished } from "./store/unfinished";

/** What a provider says of a message of ours without a final status. */
export type SendFate =
  /** The provider never got it. */
  | { readonly kind: "never-sent" }
  /** The provider cannot say. */
  | { readonly kind: "not-known" }
  /** It has it, and has not finished; or it does not answer for this message yet. */
  | { readonly kind: "waiting" }
  | {
      readonly kind: "sent";
      readonly providerId: string;
      readonly segments: number;
      /** How far it has come, where the provider says more than "sent". */
      readonly update: StatusUpdate | undefined;
    };

/** How a channel asks its provider. Throws where the provider does not answer. */
export type AskFate = (message: UnfinishedMessage) => Promise<SendFate>;

export type FinishedSends = { readonly updated: number; readonly unsent: number; readonly failed: number };

const MINUTE_MS = 60_000;
/** By then a status has come, or will not; and a send that is still going on was cut off. */
const PATIENCE_MS = 15 * MINUTE_MS;
const LOOK_BACK_MS = 48 * 60 * MINUTE_MS;
const MOST = 500;
/** Questions in a row without an answer: the provider is away, and the next run asks again. */
const GIVE_UP_AFTER = 3;

const REASONS = {
  "never-sent": "This was not sent: the sending was interrupted.",
  "not-known": "It is not known whether this was sent: the sending was interrupted.",
};

/**
 * Asks the provider what became of messages of ours in these statuses: `sending`, whose sending was cut off, and `sent`,
 * for which no later status came. What was not sent, or may not have been, is told to staff and never sent by itself.
 * For the system only.
 */
export async function finishSends(
  ctx: Ctx,
  channel: MessageChannel,
  statuses: readonly ("sending" | "sent")[],
  ask: AskFate,
): Promise<FinishedSends> {
  requireSystem(ctx.actor);
  const now = ctx.now().getTime();
  const between = { since: new Date(now - LOOK_BACK_MS), before: new Date(now - PATIENCE_MS) };
  const tally = { updated: 0, unsent: 0, failed: 0 };
  const waiting: UnfinishedMessage[] = [];
  for (const status of statuses) waiting.push(...(await listUnfinished(channel, status, between, MOST)));
  let failedInARow = 0;
  for (const message of waiting) {
    if (failedInARow >= GIVE_UP_AFTER) break;
    try {
      const outcome = await finish(ctx, message, await ask(message));
      if (outcome !== "waiting") tally[outcome] += 1;
      failedInARow = 0;
    } catch (error) {
      failedInARow += 1;
      tally.failed += 1;
      ctx.log.error({ orgId: message.orgId, err: error }, "an unfinished send could not be finished");
    }
  }
  return tally;
}

async function finish(
  ctx: Ctx,
  { orgId, messageId, providerId }: UnfinishedMessage,
  fate: SendFate,
): Promise<"updated" | "unsent" | "waiting"> {
  switch (fate.kind) {
    case "waiting":
      return "waiting";
    case "never-sent":
    case "not-known":
      await recordSend(ctx, orgId, messageId, {
        kind: "failed",
        reason: REASONS[fate.kind],
        next: "tell-staff",
      });
      return "unsent";
    case "sent": {
      if (providerId === null) await recordSend(ctx, orgId, messageId, fate);
      if (!fate.update || (fate.update.status === "sent" && providerId !== null)) return "waiting";
      await recordStatus(ctx, orgId, { ...fate.update, messageId });
      return "updated";
    }
  }
}
