import { z } from "zod";
import type { ToolCall } from "@/lib/calls/call";
import { parseRecord } from "@/lib/shared/clean-json";
import { anything, isRecord, list, type Message, part, text } from "./shapes";

const named = { name: text, arguments: anything, parameters: anything };
const item = part({
  ...named,
  id: z.union([z.string(), z.number().transform(String)]).catch(""),
  function: part(named),
});
const lists = part({ toolCallList: list, toolCalls: list, toolWithToolCallList: list });

/** The calls of a message in their order, from whichever of the provider's lists is filled. */
export function readToolCalls(message: Message): ToolCall[] {
  const { toolCallList, toolCalls, toolWithToolCallList } = lists.parse(message);
  if (toolCallList.length > 0) return toolCallList.map((entry) => readItem(entry));
  if (toolCalls.length > 0) return toolCalls.map((entry) => readItem(entry));
  return toolWithToolCallList.map((entry) => {
    const tool = item.parse(entry);
    return readItem(isRecord(entry) ? entry.toolCall : undefined, tool.function.name ?? tool.name);
  });
}

function readItem(entry: unknown, fallbackName?: string): ToolCall {
  const call = item.parse(entry);
  const args = call.function.arguments ?? call.function.parameters ?? call.arguments ?? call.parameters;
  return {
    id: call.id,
    name: call.function.name ?? call.name ?? fallbackName ?? "",
    args: readArguments(args),
  };
}

function readArguments(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null || value === "") return {};
  if (typeof value === "string") return parseRecord(value);
  return isRecord(value) ? value : undefined;
}
