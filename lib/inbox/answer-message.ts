import { classify } from "@/lib/ai/classify";
import { planFor } from "@/lib/ai/intents";
import { addTokens, costOfTokens, NO_TOKENS, type TokenUsage } from "@/lib/ai/model";
import { writeReply } from "@/lib/ai/write-reply";
import type { Ctx } from "@/lib/auth/context";
import { findInteraction } from "@/lib/credits/find-interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { microUsd } from "@/lib/shared/money";
import { isWithPeople } from "./core/ai-pause";
import { cannedReply } from "./core/canned-reply";
import { isAiLoop } from "./core/loop-brake";
import { describeCustomer } from "./describe-customer";
import { type Answer, recordAnswer } from "./record-answer";
import { type Exchange, readExchange } from "./store/exchange";

type Draft = Pick<Answer, "aftermath" | "classification" | "send" | "handOff"> & {
  readonly usage: TokenUsage;
};

/**
 * Answers one inbound message whose interaction was allowed: classify, then reply or hand off; one deduction for the
 * summed tokens. Whatever the AI does wrong ends with a person and canned words: no message is left without an answer.
 */
export async function answerMessage(
  ctx: Ctx,
  { orgId, messageId }: { orgId: string; messageId: string },
): Promise<void> {
  const exchange = await readExchange(orgId, messageId, ctx.now());
  if (!exchange) return;
  const key = { orgId, channel: exchange.channel, providerRef: exchange.providerId };
  const start = await findInteraction(ctx, key);
  // What began degraded stays degraded: no AI request, whatever queued this.
  if (start?.mode !== "full") return;
  if (exchange.answered) return;
  const draft = withoutAi(ctx, exchange) ?? (await draftAnswer(ctx, orgId, exchange));
  // Settled first: if this process dies before the answer is queued, the next attempt answers and finds it settled.
  const cost = draft.usage === NO_TOKENS ? microUsd(0n) : costOfTokens(draft.usage);
  const counted = draft.handOff?.reason !== "too-many-replies";
  await settleInteraction(ctx, { ...key, cost, counted, start });
  const { usage: _usage, ...answer } = draft;
  await recordAnswer(ctx, { orgId, messageId, conversationId: exchange.conversationId, ...answer });
}

const NOTHING = { classification: null, send: null, handOff: null, usage: NO_TOKENS } as const;

/**
 * How a message is dealt with without asking the AI, at no cost: no answer to one that was withdrawn, that a person has
 * taken over, or that a machine wrote.
 */
function withoutAi(ctx: Ctx, exchange: Exchange): Draft | undefined {
  if (exchange.revoked) return { ...NOTHING, aftermath: "answered" };
  if (isWithPeople(exchange, ctx.now())) return { ...NOTHING, aftermath: "handed-off" };
  const reason = "too-many-replies";
  const isGivenAway = exchange.attentionReason === reason;
  if (!isGivenAway && !isAiLoop(exchange, exchange.dealtWith)) return undefined;
  const send = isGivenAway ? null : acknowledgement(exchange);
  return { ...NOTHING, aftermath: "handed-off", send, handOff: { reason, summary: null } };
}

async function draftAnswer(ctx: Ctx, orgId: string, exchange: Exchange): Promise<Draft> {
  const { garage, turns } = exchange;
  let usage = NO_TOKENS;
  let classification: Answer["classification"] = null;
  let summary: string | null = null;
  try {
    const sorted = await classify(garage, turns);
    usage = addTokens(usage, sorted.usage);
    classification = { intent: sorted.intent, confidence: sorted.confidence };
    summary = sorted.summary;
    const plan = planFor(sorted.intent, sorted.confidence);
    if (plan === "no-reply")
      return { aftermath: "answered", classification, send: null, handOff: null, usage };
    if (plan === "hand-off") {
      const reason = sorted.intent === "escalation_request" ? "asked-for-a-person" : "ai-unsure";
      const handOff = { reason, summary } as const;
      return { aftermath: "handed-off", classification, send: acknowledgement(exchange), handOff, usage };
    }
    const reply = await writeReply(
      garage,
      await describeCustomer(ctx, orgId, exchange.customer, exchange.mayLookUp),
      turns,
    );
    usage = addTokens(usage, reply.usage);
    const send = { author: "ai", body: reply.text } as const;
    if (reply.text !== "") return { aftermath: "answered", classification, send, handOff: null, usage };
  } catch (error) {
    ctx.log.warn({ err: error }, "the AI could not answer: handed to a person");
  }
  return {
    aftermath: "handed-off",
    classification,
    send: acknowledgement(exchange),
    handOff: { reason: "ai-failed", summary },
    usage,
  };
}

/** The same words that degraded mode uses: received, and a person will answer. */
const acknowledgement = ({ channel, garage }: Exchange): Answer["send"] => ({
  author: "canned",
  body: cannedReply(channel, garage),
});
