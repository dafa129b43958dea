import type { ModelMessage } from "ai";
import type { Turn } from "./prompts";

/** A message longer than this is cut for the model: its start says what is wanted, and the cost stays bounded. */
const MAX_TURN = 2_000;

export const toModelMessages = (turns: readonly Turn[]): ModelMessage[] =>
  turns.map(({ from, text }) => ({
    role: from === "customer" ? "user" : "assistant",
    content: text.slice(0, MAX_TURN),
  }));
