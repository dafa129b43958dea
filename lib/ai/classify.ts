import { generateText, Output } from "ai";
import { z } from "zod";
import { INTENTS, type Intent } from "./intents";
import { AI_TIMEOUT_MS, model, type TokenUsage, tokensOf } from "./model";
import { classifyPrompt, type GarageBrief, type Turn } from "./prompts";
import { toModelMessages } from "./turns";

const shape = z.object({
  intent: z.enum(INTENTS),
  confidence: z.number().min(0).max(1),
  summary: z.string().max(1_000),
});

export type Classification = {
  readonly intent: Intent;
  /** Whole percent. */
  readonly confidence: number;
  readonly summary: string;
  readonly usage: TokenUsage;
};

/** Sorts the last turn. Throws on a time-out, a refusal or an answer out of shape: then a person takes over. */
export async function classify(garage: GarageBrief, turns: readonly Turn[]): Promise<Classification> {
  const result = await generateText({
    model: model(),
    output: Output.object({ schema: shape, name: "classification" }),
    system: classifyPrompt(garage),
    messages: toModelMessages(turns),
    maxRetries: 1,
    abortSignal: AbortSignal.timeout(AI_TIMEOUT_MS),
  });
  const { intent, confidence, summary } = result.output;
  return { intent, confidence: Math.floor(confidence * 100), summary, usage: tokensOf(result.totalUsage) };
}
