/** What a caller hears in Level 3: the spec's sentence, word for word. */
export const MESSAGE_TAKER_SENTENCE =
  "Thank you for calling. Can I take your name and number and have someone call you back?";

const GOODBYE = "Thank you, someone will call you back. Goodbye for now.";

const PROMPT = [
  "You take messages and do nothing else.",
  `You have opened the call with: "${MESSAGE_TAKER_SENTENCE}"`,
  "Ask for the caller's name, for the best number to call back (read it back digit by digit, and offer the number they are calling from), and for one sentence on why they called.",
  "Do not answer questions, quote prices, book, look anything up or transfer. If asked, say that a member of the team will call back.",
  `When you have all three, say exactly: "${GOODBYE}"`,
].join("\n");

/** Read back by the call-back list, see `lib/calls/core/read-call-back.ts`. */
const CALL_BACK_SCHEMA = {
  type: "object",
  properties: {
    callerName: { type: "string", description: "The caller's name as they gave it" },
    callbackNumber: {
      type: "string",
      description: "The number to call back, digits only, with country code if given",
    },
    reason: { type: "string", description: "Why they called, in one sentence" },
  },
};

const MAX_CALL_SECONDS = 180;

/** What differs from one message-taker to another; `voice` and `transcriber` are the persona's own objects, unchanged. */
export type MessageTakerParts = {
  readonly voice: Readonly<Record<string, unknown>>;
  readonly transcriber: Readonly<Record<string, unknown>>;
  readonly model: { readonly provider: string; readonly model: string };
  readonly metadata: Readonly<Record<string, unknown>>;
};

/**
 * The Level 3 assistant in Vapi's transient shape, made from an allow-list of fields: nothing of the persona's model is
 * spread into it, so that it holds nothing that is or carries a tool. It ends by `endCallPhrases`, which Vapi matches
 * as a case-insensitive part of what the assistant says, so the phrase must not occur in the first sentence.
 * Source: the schema CreateAssistantDTO of docs.vapi.ai/api-reference
 */
export function messageTaker(parts: MessageTakerParts) {
  return {
    name: "Message taker",
    firstMessage: MESSAGE_TAKER_SENTENCE,
    firstMessageMode: "assistant-speaks-first",
    model: {
      provider: parts.model.provider,
      model: parts.model.model,
      temperature: 0.2,
      maxTokens: 80,
      messages: [{ role: "system", content: PROMPT }],
    },
    voice: parts.voice,
    transcriber: parts.transcriber,
    endCallPhrases: ["goodbye for now"],
    maxDurationSeconds: MAX_CALL_SECONDS,
    backgroundSound: "off",
    serverMessages: ["status-update", "end-of-call-report"],
    clientMessages: [],
    metadata: parts.metadata,
    analysisPlan: {
      minMessagesThreshold: 2,
      summaryPlan: { enabled: true, timeoutSeconds: 10 },
      successEvaluationPlan: { enabled: false },
      structuredDataPlan: { enabled: true, timeoutSeconds: 15, schema: CALL_BACK_SCHEMA },
    },
    artifactPlan: { recordingEnabled: true, transcriptPlan: { enabled: true } },
  };
}
