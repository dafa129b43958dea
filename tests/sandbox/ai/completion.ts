import { newId } from "../core/ids";
import type { ChatMessage } from "./request";

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

export interface Choice {
  content: string | null;
  refusal: string | null;
  finish: "stop" | "length" | "content_filter";
}

const CHARACTERS_PER_TOKEN = 4;
const TOKENS_PER_MESSAGE = 4;

/** A rough rule instead of a tokenizer, so that tests can work it out: a token for every four characters begun. */
export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** Four tokens for every message besides its text; the answer by its text. */
export function usageOf(messages: readonly ChatMessage[], answer: string): Usage {
  const prompt = messages.reduce((sum, { text }) => sum + tokensOf(text) + TOKENS_PER_MESSAGE, 0);
  const completion = tokensOf(answer);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

interface Base {
  model: string;
  createdAt: Date;
  choice: Choice;
  usage: Usage;
}

const head = (object: string, { model, createdAt }: Base) => ({
  id: newId.completion(),
  object,
  created: Math.floor(createdAt.getTime() / 1_000),
  model,
  system_fingerprint: "fp_sandbox",
});

/** The whole answer in one body. Source: OpenAI API reference, "The chat completion object". */
export function completion(base: Base) {
  const { content, refusal, finish } = base.choice;
  const message = { role: "assistant", content, refusal };
  return {
    ...head("chat.completion", base),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    usage: base.usage,
  };
}

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface StreamOptions {
  includeUsage: boolean;
  pauseMs: number;
  /** Ends in the middle. */
  cut: boolean;
}

/** Server-sent events, a few words each. Source: OpenAI API reference, "The chat completion chunk object". */
export async function* chunks(
  base: Base,
  { includeUsage, pauseMs, cut }: StreamOptions,
): AsyncGenerator<string> {
  const shared = head("chat.completion.chunk", base);
  const { content, refusal, finish } = base.choice;
  const chunk = (delta: object, reason: string | null = null) =>
    event({ ...shared, choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }] });
  yield chunk({ role: "assistant", content: refusal === null ? "" : null });
  const parts = (content ?? refusal ?? "").match(/\S*\s*/g)?.filter((part) => part !== "") ?? [];
  const last = cut ? Math.ceil(parts.length / 2) : parts.length;
  for (const part of parts.slice(0, last)) {
    if (pauseMs > 0) await sleep(pauseMs);
    yield chunk(refusal === null ? { content: part } : { refusal: part });
  }
  if (cut) return;
  yield chunk({}, finish);
  if (includeUsage) yield event({ ...shared, choices: [], usage: base.usage });
  yield "data: [DONE]\n\n";
}
