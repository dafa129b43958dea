import { isRecord, record, string } from "../core/http";

/** The assistant a call runs with, as far as the sandbox acts on it; `raw` is echoed in every message. */
export interface Assistant {
  raw: Record<string, unknown>;
  firstMessage: string;
  tools: readonly string[];
  endCallPhrases: readonly string[];
  maxDurationSeconds: number;
  serverMessages: readonly string[];
  /** The schema of `analysisPlan.structuredDataPlan`, where it is enabled. */
  structuredSchema: Record<string, unknown> | undefined;
  summaryEnabled: boolean;
}

export type AssistantAnswer =
  | { kind: "assistant"; assistant: Assistant }
  | { kind: "destination"; number: string; message: string }
  /** What the caller hears, if anything, and Vapi's reason. */
  | { kind: "failed"; reason: string; spoken: string | undefined; detail: string };

const DEFAULT_SERVER_MESSAGES = [
  "end-of-call-report",
  "status-update",
  "tool-calls",
  "hang",
  "transfer-destination-request",
];
const DEFAULT_MAX_SECONDS = 600;
const MAX_NAME = 40;

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/**
 * Reads the answer to an assistant-request: error, destination, or a transient assistant; a stored one
 * (`assistantId`) is none of the sandbox's. Source: ServerMessageResponseAssistantRequest
 */
export function readAnswer(body: unknown): AssistantAnswer {
  if (!isRecord(body))
    return failed("assistant-request-returned-no-assistant", "the answer is not a JSON object");
  if (typeof body.error === "string")
    return { ...failed("assistant-request-returned-error", body.error), spoken: body.error };
  if (isRecord(body.destination)) {
    const { number, message } = body.destination;
    return { kind: "destination", number: string(number), message: string(message) };
  }
  if (!isRecord(body.assistant))
    return failed("assistant-request-returned-no-assistant", "the answer names no assistant");
  const fault = faultOf(body.assistant);
  if (fault) return failed("assistant-request-returned-invalid-assistant", fault);
  return { kind: "assistant", assistant: readAssistant(body.assistant) };
}

export const failed = (reason: string, detail: string) =>
  ({ kind: "failed", reason, spoken: undefined, detail }) as const;

/** The rules of CreateAssistantDTO that are easily broken. Source: docs.vapi.ai/api-reference */
function faultOf(raw: Record<string, unknown>): string | undefined {
  const model = record(raw.model);
  const seconds = raw.maxDurationSeconds;
  if (string(raw.name).length > MAX_NAME) return "name is longer than 40 characters";
  if (string(model.provider) === "" || string(model.model) === "")
    return "model.provider and model.model are required";
  if (typeof model.maxTokens === "number" && (model.maxTokens < 50 || model.maxTokens > 10_000))
    return "model.maxTokens must be between 50 and 10000";
  if (isRecord(raw.voice) && string(raw.voice.provider) === "") return "voice.provider is required";
  if (seconds !== undefined && (typeof seconds !== "number" || seconds < 10 || seconds > 43_200))
    return "maxDurationSeconds must be between 10 and 43200";
  if (strings(raw.endCallPhrases).some((phrase) => phrase.length < 2 || phrase.length > 140))
    return "endCallPhrases must be 2 to 140 characters long";
  return undefined;
}

function readAssistant(raw: Record<string, unknown>): Assistant {
  const { tools } = record(raw.model);
  const plan = record(raw.analysisPlan);
  const structured = record(plan.structuredDataPlan);
  const named = (Array.isArray(tools) ? tools : []).map(
    (tool) => string(record(record(tool).function).name) || string(record(tool).type),
  );
  return {
    raw,
    firstMessage: string(raw.firstMessage),
    tools: named.filter((name) => name !== ""),
    endCallPhrases: strings(raw.endCallPhrases),
    maxDurationSeconds:
      typeof raw.maxDurationSeconds === "number" ? raw.maxDurationSeconds : DEFAULT_MAX_SECONDS,
    serverMessages: Array.isArray(raw.serverMessages) ? strings(raw.serverMessages) : DEFAULT_SERVER_MESSAGES,
    structuredSchema:
      structured.enabled === true && isRecord(structured.schema) ? structured.schema : undefined,
    summaryEnabled: record(plan.summaryPlan).enabled !== false,
  };
}
