import type { Ctx } from "@/lib/auth/context";
import { answerCall } from "@/lib/calls/answer-call";
import { chooseDestination } from "@/lib/calls/choose-destination";
import { receiveReport } from "@/lib/calls/receive-report";
import { receiveStatus } from "@/lib/calls/receive-status";
import { runToolCalls } from "@/lib/calls/tools/run-tool-calls";
import { keepProviderEvent } from "@/lib/db/provider-events";
import { noteReached } from "@/lib/garage/note-reached";
import { describeError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { within } from "@/lib/shared/within";
import type { VoiceDelivery } from "./parse";

/** The JSON body of our 200. */
export type VoiceReply = Readonly<Record<string, unknown>>;

const KEEP_BUDGET_MS = 150;
const MAX_KEY = 60;
const NOTHING: VoiceReply = {};

/**
 * Acts on one verified delivery and returns what to answer. Throws where we failed and the provider should deliver again;
 * a repeat finishes what is missing and changes nothing else.
 */
export async function receiveVoice(ctx: Ctx, delivery: VoiceDelivery): Promise<VoiceReply> {
  const { message } = delivery;
  metrics().voiceMessages.inc({ type: message.type });
  if ("call" in message) noteReached(ctx, "voice", message.call?.called ?? []);
  switch (message.type) {
    case "assistant-request": {
      const { kind, assistant } = await answerCall(ctx, message.call);
      if (kind === "unknown") await keepWhileCallerWaits(ctx, delivery, message.call.id);
      return { assistant };
    }
    case "end-of-call-report": {
      const outcome = await receiveReport(ctx, message.call, message.report);
      if (outcome === "unknown-line") await keepUnknownLine(ctx, delivery, message.call.id);
      return NOTHING;
    }
    case "status-update": {
      const outcome = await receiveStatus(ctx, message.call, message.update);
      const key = `${message.call.id}:${message.update.status.slice(0, MAX_KEY)}`;
      if (outcome === "unknown-line") await keepUnknownLine(ctx, delivery, key);
      if (outcome === "other") await keep(ctx, delivery, message.type, `${message.type}:${key}`);
      return NOTHING;
    }
    case "tool-calls":
      return { results: await runToolCalls(ctx, message.call, message.calls) };
    case "transfer-destination-request":
      return chooseDestination(ctx, message.call);
    case "handoff-destination-request":
      return { error: "There is no one to hand this call to." };
    case "knowledge-base-request":
      return { documents: [] };
    case "chatter":
      return NOTHING;
    case "unknown": {
      const once = message.sentAt?.getTime() ?? ctx.newId();
      await keep(
        ctx,
        delivery,
        message.name,
        `${message.name.slice(0, MAX_KEY)}:${message.call?.id ?? ""}:${once}`,
      );
      return NOTHING;
    }
  }
}

/** A message about a line that no garage has: logged and counted for the operator, and kept. */
async function keepUnknownLine(ctx: Ctx, delivery: VoiceDelivery, key: string): Promise<void> {
  const { type } = delivery.message;
  metrics().voiceUnknownNumbers.inc({ type });
  ctx.log.warn({ type }, "a voice message about an unknown number");
  await keep(ctx, delivery, type, `${type}:${key}`);
}

/** The same while a caller waits: keeping the message must neither fail nor delay the answer. */
async function keepWhileCallerWaits(ctx: Ctx, delivery: VoiceDelivery, callId: string): Promise<void> {
  const kept = await within(KEEP_BUDGET_MS, () => keepUnknownLine(ctx, delivery, callId));
  if (kept.kind === "failed")
    ctx.log.error({ error: describeError(kept.error) }, "an unknown number was not kept");
}

const keep = (ctx: Ctx, delivery: VoiceDelivery, type: string, id: string): Promise<boolean> =>
  keepProviderEvent({
    provider: "vapi",
    id,
    type,
    orgId: undefined,
    payload: delivery.payload,
    receivedAt: ctx.now(),
  });
