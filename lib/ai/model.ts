import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel, LanguageModelUsage } from "ai";
import { env } from "@/lib/shared/env";
import { type MicroUsd, microUsd } from "@/lib/shared/money";

/** Tokens of one or more requests. */
export type TokenUsage = { readonly input: number; readonly output: number };

export const NO_TOKENS: TokenUsage = { input: 0, output: 0 };

/** One answer may take this long; then a person takes over. */
export const AI_TIMEOUT_MS = 20_000;

/** The configured model, on any OpenAI-compatible endpoint. */
export function model(): LanguageModel {
  const { AI_API_BASE, AI_API_KEY, AI_MODEL } = env();
  return createOpenAICompatible({
    name: "torqueflow",
    baseURL: AI_API_BASE,
    apiKey: AI_API_KEY,
    includeUsage: true,
    supportsStructuredOutputs: true,
  })(AI_MODEL);
}

export const tokensOf = (usage: LanguageModelUsage): TokenUsage => ({
  input: usage.inputTokens ?? 0,
  output: usage.outputTokens ?? 0,
});

export const addTokens = (a: TokenUsage, b: TokenUsage): TokenUsage => ({
  input: a.input + b.input,
  output: a.output + b.output,
});

const TOKENS_PER_PRICE = 1_000_000n;

/** What tokens cost us, rounded up to the micro-dollar. */
export function costOfTokens(usage: TokenUsage): MicroUsd {
  const { AI_INPUT_USD_PER_MILLION_TOKENS: input, AI_OUTPUT_USD_PER_MILLION_TOKENS: output } = env();
  const total = BigInt(Math.ceil(usage.input)) * input + BigInt(Math.ceil(usage.output)) * output;
  return microUsd((total + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE);
}
