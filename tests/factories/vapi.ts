import { createHmac } from "node:crypto";
import { newId } from "@/lib/shared/ids";

export type Json = Record<string, unknown>;

export type VapiCallOptions = {
  id?: string;
  /** The called number, as the provider writes it; null leaves it out. */
  called?: string | null;
  phoneNumberId?: string;
  customer?: Json | null;
  type?: string;
  createdAt?: unknown;
  assistant?: Json;
};

const CALLER = "+447700900123";

/** What every message carries: the call (with the provider's stale status), the called number, the caller. */
function vapiCall(options: VapiCallOptions = {}): Json {
  const { called = "+441134960001", phoneNumberId = "unlisted", customer = { number: CALLER } } = options;
  return {
    call: {
      id: options.id ?? newId(),
      type: options.type ?? "inboundPhoneCall",
      status: "ringing",
      createdAt: options.createdAt ?? "2026-11-21T10:00:00.120Z",
      phoneNumberId,
      assistantId: null,
      ...(customer ? { customer } : {}),
      ...(options.assistant ? { assistant: options.assistant } : {}),
    },
    ...(called === null ? {} : { phoneNumber: { id: phoneNumberId, number: called, provider: "twilio" } }),
    ...(customer ? { customer } : {}),
    ...(options.assistant ? { assistant: options.assistant } : {}),
  };
}

const envelope = (type: string, call: VapiCallOptions, fields: Json): Json => ({
  message: { timestamp: 1_795_255_205_300, type, ...vapiCall(call), ...fields },
});

export const assistantRequest = (call: VapiCallOptions = {}, fields: Json = {}): Json =>
  envelope("assistant-request", call, fields);

export const statusUpdate = (status: string, call: VapiCallOptions = {}, fields: Json = {}): Json =>
  envelope("status-update", call, { status, ...fields });

/** A call of two minutes; `fields` replace or, given undefined, remove what a report usually has. */
export const endOfCallReport = (call: VapiCallOptions = {}, fields: Json = {}): Json =>
  envelope("end-of-call-report", call, {
    startedAt: "2026-11-21T10:00:04.000Z",
    endedAt: "2026-11-21T10:02:04.000Z",
    endedReason: "customer-ended-call",
    cost: 0.12,
    analysis: { summary: "The caller asked about an MOT." },
    artifact: { transcript: "AI: How can I help?\nUser: When is my MOT due?\n", messages: [] },
    ...fields,
  });

export type ToolRequest = { id?: string; name: string; args?: unknown };

const functionCall = ({ id = `call_${newId()}`, name, args = {} }: ToolRequest): Json => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

export const toolCalls = (requests: readonly ToolRequest[], call: VapiCallOptions = {}): Json =>
  envelope("tool-calls", call, { toolCallList: requests.map(functionCall) });

/** What a message-taker's call leaves behind. */
export const messageTakerReport = (call: VapiCallOptions = {}, fields: Json = {}): Json =>
  endOfCallReport(call, {
    analysis: {
      summary: "Sam Ortiz asks for a call back about a noise.",
      structuredData: {
        callerName: "Sam Ortiz",
        callbackNumber: "0113 496 0123",
        reason: "A noise from the brakes",
      },
    },
    ...fields,
  });

/** The provider's HMAC credential: hex SHA-256 over `<timestamp>.<body>`. */
export function vapiSignature(body: string, secret: string, timestamp: string): Record<string, string> {
  const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { "x-signature": signature, "x-timestamp": timestamp };
}
