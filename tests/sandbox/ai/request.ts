import { isRecord, record, string } from "../core/http";

export interface ChatMessage {
  role: string;
  text: string;
}

/** What a chat completion is asked for. */
export interface ChatRequest {
  model: string;
  messages: readonly ChatMessage[];
  stream: boolean;
  includeUsage: boolean;
  /** The demanded JSON Schema and its name. */
  schema: { name: string; schema: Record<string, unknown> } | undefined;
  /** Any JSON object. */
  jsonObject: boolean;
  maxTokens: number | undefined;
}

/** Text of a message: a string, or the text parts of a list. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => string(record(part).text)).join("");
}

/** Reads a request; the name of the parameter at fault where it is none. Source: OpenAI API reference, "Chat completions". */
export function readChat(body: unknown): ChatRequest | { fault: string } {
  if (!isRecord(body)) return { fault: "body" };
  const model = string(body.model);
  if (model === "") return { fault: "model" };
  if (!Array.isArray(body.messages) || body.messages.length === 0) return { fault: "messages" };
  const messages = body.messages.map((message) => ({
    role: string(record(message).role),
    text: textOf(record(message).content),
  }));
  const format = record(body.response_format);
  const schema = record(format.json_schema);
  if (format.type === "json_schema" && !isRecord(schema.schema))
    return { fault: "response_format.json_schema.schema" };
  const max = body.max_completion_tokens ?? body.max_tokens;
  return {
    model,
    messages,
    stream: body.stream === true,
    includeUsage: record(body.stream_options).include_usage === true,
    schema: isRecord(schema.schema) ? { name: string(schema.name), schema: schema.schema } : undefined,
    jsonObject: format.type === "json_object",
    maxTokens: typeof max === "number" ? max : undefined,
  };
}

const lastOf = (messages: readonly ChatMessage[], role: string): string =>
  messages.filter((message) => message.role === role).at(-1)?.text ?? "";

const allOf = (messages: readonly ChatMessage[], roles: readonly string[]): string =>
  messages
    .filter(({ role }) => roles.includes(role))
    .map(({ text }) => text)
    .join("\n");

/**
 * The customer's own words in the last user message: inside the last tag whose name says message, question, customer or
 * text, else behind the last "Customer:", else all of it.
 */
export function customerWords(messages: readonly ChatMessage[]): string {
  const text = lastOf(messages, "user");
  const tags = [
    ...text.matchAll(/<([\w-]*(?:message|question|customer|text)[\w-]*)\b[^>]*>([\s\S]*?)<\/\1>/gi),
  ];
  const tagged = tags.at(-1)?.[2];
  if (tagged !== undefined) return tagged.trim();
  const line = [...text.matchAll(/^(?:Customer|User)\s*:\s*(.+)$/gim)].at(-1)?.[1];
  return (line ?? text).trim();
}

export interface GarageFacts {
  garage: string;
  hours: string | undefined;
  portal: string | undefined;
  isDiagnostics: boolean;
  /** The conversation already has an answer in it. */
  isUnderWay: boolean;
}

const LABELLED = /^\s*(?:garage|garage name|business)\s*:\s*(.{2,80})$/im;
const TRADE =
  /\b([A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*)* (?:Motors|Garage|Autos|MOT|Tyres|Demo|Cars|Auto|Services?))\b/;
const NAMED = /\b(?:for|of|at|from|named|called)\s+"?([A-Z][\w&'’-]*(?: (?:[A-Z][\w&'’-]*|&))*)/;
const HOURS = /\b(?:opening )?hours?\b[^:\n]{0,20}:(?!\s*ask\b)\s*([^\n.<]{4,120})/i;

/** What the system prompt says about the garage, however it is worded. */
export function garageFacts(messages: readonly ChatMessage[]): GarageFacts {
  const prompt = allOf(messages, ["system", "developer"]);
  const named = [LABELLED, TRADE, NAMED].map((pattern) => pattern.exec(prompt)?.[1]);
  // That a garage offers diagnostics does not make its customer a mechanic.
  const task = prompt.replace(/^\s*services?\s*:.*$/gim, "");
  return {
    garage: named.find((name) => name !== undefined)?.trim() ?? "the garage",
    hours: HOURS.exec(prompt)?.[1]?.trim(),
    portal: /https?:\/\/[^\s)>"',]+/.exec(prompt)?.[0]?.replace(/[.]+$/, ""),
    isDiagnostics: /\bdiagnos(?:e|is|ing)\b|diagnostic (?:assistant|question|help)|\bmechanics?\b/i.test(
      task,
    ),
    isUnderWay: messages.some(({ role }) => role === "assistant"),
  };
}
