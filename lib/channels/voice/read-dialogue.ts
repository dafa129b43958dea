import type { CallTurn } from "@/lib/calls/call";
import { isRecord } from "./shapes";

/** Longer than any call; a report may hold megabytes. */
const MAX_TURNS = 500;
const MAX_TEXT = 2_000;
const MAX_TOOL = 60;
const MAX_SECOND = 86_400;

const SPEAKER: Readonly<Record<string, CallTurn["by"]>> = { user: "caller", bot: "ai", assistant: "ai" };

/**
 * What was said and what tools answered, from the turns of a report; undefined where no turn has a time: its text says as much.
 * Source: the schemas UserMessage, BotMessage and ToolCallResultMessage of Vapi's OpenAPI.
 */
export function readDialogue(turns: readonly unknown[]): CallTurn[] | undefined {
  const read = turns.slice(0, MAX_TURNS).flatMap(readTurn);
  return read.some(({ second }) => second !== null) ? read : undefined;
}

function readTurn(turn: unknown): CallTurn[] {
  if (!isRecord(turn) || typeof turn.role !== "string") return [];
  const second = secondOf(turn.secondsFromStart);
  if (turn.role === "tool_call_result") {
    const tool = line(turn.name, MAX_TOOL);
    return tool === "" ? [] : [{ by: "tool", tool, text: line(turn.result, MAX_TEXT), second }];
  }
  const by = Object.hasOwn(SPEAKER, turn.role) ? SPEAKER[turn.role] : undefined;
  const text = line(typeof turn.message === "string" ? turn.message : turn.content, MAX_TEXT);
  return by && text !== "" ? [{ by, text, second }] : [];
}

const line = (value: unknown, max: number): string =>
  typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, max) : "";

const secondOf = (value: unknown): number | null =>
  typeof value === "number" && value >= 0 && value <= MAX_SECOND ? Math.floor(value) : null;
