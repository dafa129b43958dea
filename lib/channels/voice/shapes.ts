import { z } from "zod";

// Vapi's messages, read tolerantly: any field may be missing, null or of another type, and unknown ones pass.
// Source: docs.vapi.ai/server-url/events, the schema ServerMessage of its OpenAPI, and what real deliveries hold beside it
// (captures in the public repositories mattbobambrose/vapi4k and VapiAI/example-webhook-handler).

/** Text, or a number written as one; anything else counts as absent. */
export const text = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => value.trim())
  .transform((value) => (value === "" ? undefined : value))
  .optional()
  .catch(undefined);

/** An object with these fields; anything else counts as an empty one. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => (isRecord(value) ? value : {}), z.looseObject(shape));

/** Whatever stands there, or nothing. */
export const anything = z.unknown().optional();

export const list = z.array(z.unknown()).catch([]);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The provider's ids are uuids; more than this is not one. */
const MAX_ID = 200;
const id = text.transform((value) => (value !== undefined && value.length <= MAX_ID ? value : undefined));

const phoneNumber = part({ id, number: text, sipUri: text });
const customer = part({ number: text, name: text, sipUri: text });
const assistant = part({ metadata: anything });

const call = part({
  id,
  type: text,
  createdAt: anything,
  phoneNumberId: id,
  phoneNumber,
  customer,
  assistant,
  assistantOverrides: assistant,
  metadata: anything,
});

export const envelope = z.looseObject({
  message: z.looseObject({
    type: z.string().min(1),
    timestamp: anything,
    call,
    phoneNumber,
    customer,
    assistant,
  }),
});

export type Message = z.output<typeof envelope>["message"];

export const statusUpdate = part({ status: text, endedReason: text });

const artifact = part({
  transcript: text,
  messages: list,
  messagesOpenAIFormatted: list,
  structuredOutputs: anything,
  performanceMetrics: part({ turnLatencyAverage: anything, turnLatencies: list }),
});

/** The fields of a finished call, which stand in the report, in its call, or in a call fetched from the API. */
export const reportFields = part({
  startedAt: anything,
  endedAt: anything,
  endedReason: text,
  durationSeconds: anything,
  durationMs: anything,
  cost: anything,
  costs: anything,
  costBreakdown: anything,
  transcript: text,
  summary: text,
  messages: list,
  analysis: part({ summary: text, structuredData: anything, structuredDataMulti: list }),
  artifact,
});

export type ReportFields = z.output<typeof reportFields>;
