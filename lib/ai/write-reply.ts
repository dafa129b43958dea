import { generateText } from "ai";
import { AI_TIMEOUT_MS, model, type TokenUsage, tokensOf } from "./model";
import { type CustomerBrief, type GarageBrief, replyPrompt, type Turn } from "./prompts";
import { toModelMessages } from "./turns";

const MAX_OUTPUT_TOKENS = 300;

export type WrittenReply = { readonly text: string; readonly usage: TokenUsage };

/** Writes the answer to the last turn. `text` is empty where the model refused or said nothing. Throws on a time-out. */
export async function writeReply(
  garage: GarageBrief,
  customer: CustomerBrief,
  turns: readonly Turn[],
): Promise<WrittenReply> {
  const result = await generateText({
    model: model(),
    system: replyPrompt(garage, customer),
    messages: toModelMessages(turns),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 1,
    abortSignal: AbortSignal.timeout(AI_TIMEOUT_MS),
  });
  const whole = result.finishReason === "stop" || result.finishReason === "length";
  return { text: whole ? result.text.trim() : "", usage: tokensOf(result.totalUsage) };
}
