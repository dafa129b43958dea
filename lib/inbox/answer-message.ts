import { classify } from "@/lib/ai/classify";
import { planFor } from "@/lib/ai/intents";
import { addTokens, costOfTokens, NO_TOKENS, type TokenUsage } from "@/lib/ai/model";
import { writeReply } from "@/lib/ai/write-reply";
import type { Ctx } from "@/lib/auth/context";
import { findInteraction } from "@/lib/credits/find-interaction";
import type { InteractionStart } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { microUsd } from "@/lib/shared/money";
import { cannedReply } from "./core/canned-reply";
import { loadExchange } from "./load-exchange";
import { type Answer, recordAnswer } from "./record-answer";
import type { Exchange } from "./store/exchange";

type Draft = Pick<Answer, "classification" | "send" | "handOff"> & { readonly usage: TokenUsage };

/**
 * Answers one inbound message whose interaction was allowed: classify, then reply or hand off; one deduction for the
 * summed tokens. Whatever the AI does wrong ends with a person and a word to the customer, never in silence.
 */
export async function answerMessage(
  ctx: Ctx,
  { orgId, messageId }: { orgId: string; messageId: string },
): Promise<void> {
  const exchange = await loadExchange(ctx, orgId, messageId);
  if (!exchange) return;
  const key = { orgId, channel: exchange.channel, providerRef: exchange.providerId };
  const start = await findInteraction(ctx, key);
  // Degraded then is degraded for ever: no AI request, whoever queued this.
  if (start?.mode !== "full") return;
  if (exchange.answered) return;
  const draft = exchange.held ? silent : await draftAnswer(ctx, exchange);
  // Settled first: if this process dies before the answer is queued, the next attempt answers and finds it settled.
  await settle(ctx, key, draft.usage, start);
  const { usage: _usage, ...answer } = draft;
  await recordAnswer(ctx, { orgId, messageId, conversationId: exchange.conversationId, ...answer });
}

/** A person took over before the AI began: it stays silent, at no cost. */
const silent: Draft = { classification: null, send: null, handOff: null, usage: NO_TOKENS };

async function settle(
  ctx: Ctx,
  key: Parameters<typeof findInteraction>[1],
  usage: TokenUsage,
  start: InteractionStart,
): Promise<void> {
  const cost = usage === NO_TOKENS ? microUsd(0n) : costOfTokens(usage);
  await settleInteraction(ctx, { ...key, cost, counted: true, start });
}

async function draftAnswer(ctx: Ctx, exchange: Exchange): Promise<Draft> {
  let usage = NO_TOKENS;
  let classification: Answer["classification"] = null;
  let summary: string | null = null;
  try {
    const sorted = await classify(exchange.garage, exchange.turns);
    usage = addTokens(usage, sorted.usage);
    classification = { intent: sorted.intent, confidence: sorted.confidence };
    summary = sorted.summary;
    const plan = planFor(sorted.intent, sorted.confidence);
    if (plan === "stay-silent") return { classification, send: null, handOff: null, usage };
    if (plan === "hand-off") {
      const reason = sorted.intent === "escalation_request" ? "asked-for-a-person" : "ai-unsure";
      return { classification, send: acknowledgement(exchange), handOff: { reason, summary }, usage };
    }
    const reply = await writeReply(exchange.garage, exchange.customer, exchange.turns);
    usage = addTokens(usage, reply.usage);
    if (reply.text !== "")
      return { classification, send: { author: "ai", body: reply.text }, handOff: null, usage };
  } catch (error) {
    ctx.log.warn({ err: error }, "the AI could not answer: handed to a person");
  }
  return {
    classification,
    send: acknowledgement(exchange),
    handOff: { reason: "ai-failed", summary },
    usage,
  };
}

/** The same words that degraded mode uses: received, and a person will answer. */
function acknowledgement({ channel, garage }: Exchange): Answer["send"] {
  const parts = { orgName: garage.name, orgPhone: garage.phone, portalUrl: garage.portalUrl };
  return { author: "canned", body: cannedReply(channel, parts) };
}
