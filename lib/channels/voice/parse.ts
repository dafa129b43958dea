import type { CallRef, CallReport, CallUpdate, KeptCall, ToolCall } from "@/lib/calls/call";
import { cleanJson } from "@/lib/shared/clean-json";
import { AppError } from "@/lib/shared/errors";
import { readInstant } from "@/lib/shared/instant";
import { readCall } from "./read-call";
import { readReport } from "./read-report";
import { readToolCalls } from "./read-tool-calls";
import { envelope, isRecord, type Message, statusUpdate } from "./shapes";

/** The provider's messages in the channel's normal form. `name` is the provider's type where it is not ours. */
export type VoiceMessage =
  | { readonly type: "assistant-request"; readonly call: CallRef }
  | { readonly type: "end-of-call-report"; readonly call: CallRef; readonly report: CallReport }
  | { readonly type: "status-update"; readonly call: CallRef; readonly update: CallUpdate }
  | { readonly type: "tool-calls"; readonly call: CallRef | undefined; readonly calls: readonly ToolCall[] }
  | { readonly type: "transfer-destination-request"; readonly call: CallRef | undefined }
  | { readonly type: "handoff-destination-request" | "knowledge-base-request" }
  | { readonly type: "chatter" }
  | {
      readonly type: "unknown";
      readonly name: string;
      readonly call: CallRef | undefined;
      readonly sentAt: Date | undefined;
    };

/** A message, and its JSON in storable form. */
export type VoiceDelivery = { readonly message: VoiceMessage; readonly payload: Record<string, unknown> };

/** Known, frequent or merely informative: nothing of them is kept. */
const CHATTER = new Set([
  "conversation-update",
  "speech-update",
  "transcript",
  "model-output",
  "user-interrupted",
  "language-change-detected",
  "voice-input",
  "hang",
]);

/**
 * Reads a delivery's raw bytes. Throws invalid_input for what is no JSON, has no `message.type`, or is about a call
 * and names none.
 */
export function parseVoice(raw: Buffer): VoiceDelivery {
  const payload = readJson(raw);
  const parsed = envelope.safeParse(payload);
  if (!parsed.success) throw new AppError("invalid_input", "The message has no type.");
  return { message: readVoiceMessage(parsed.data.message), payload };
}

/** A call fetched from the provider's API, read as the report it would have had. Throws invalid_input without an id. */
export function parseKeptCall(fetched: Readonly<Record<string, unknown>>): KeptCall {
  const { message } = envelope.parse({ message: { ...fetched, call: fetched, type: "end-of-call-report" } });
  return {
    call: theCall(message),
    report: readReport(message),
    ended: fetched.status === "ended" || Boolean(fetched.endedAt),
  };
}

function readJson(raw: Buffer): Record<string, unknown> {
  try {
    const value = cleanJson(JSON.parse(raw.toString("utf8")));
    if (isRecord(value)) return value;
  } catch {
    // Told below, without quoting it.
  }
  throw new AppError("invalid_input", "The body is not a JSON object.");
}

function readVoiceMessage(message: Message): VoiceMessage {
  const { type } = message;
  switch (type) {
    case "assistant-request":
      return { type, call: theCall(message) };
    case "end-of-call-report":
      return { type, call: theCall(message), report: readReport(message) };
    case "status-update":
      return readStatus(message);
    case "tool-calls":
      return { type, call: readCall(message), calls: readToolCalls(message) };
    case "transfer-destination-request":
      return { type, call: readCall(message) };
    case "handoff-destination-request":
    case "knowledge-base-request":
      return { type };
    default:
      if (CHATTER.has(type)) return { type: "chatter" };
      return { type: "unknown", name: type, call: readCall(message), sentAt: readInstant(message.timestamp) };
  }
}

function readStatus(message: Message): VoiceMessage {
  const { status, endedReason } = statusUpdate.parse(message);
  if (status === undefined) throw new AppError("invalid_input", "The status update has no status.");
  const update = { status, endedReason, at: readInstant(message.timestamp) };
  return { type: "status-update", call: theCall(message), update };
}

function theCall(message: Message): CallRef {
  const call = readCall(message);
  if (!call) throw new AppError("invalid_input", "The message names no call.");
  return call;
}
