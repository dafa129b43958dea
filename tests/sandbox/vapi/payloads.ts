import { fillSchema } from "../ai/fill-schema";
import { type Call, startedAt, type Turn, userTurns } from "./call";
import { callerWords } from "./caller-words";
import { costsOf } from "./costs";

const ORG_ID = "7d1f6c1e-3a0b-4b52-9c7f-2a5f0e8d4c10";
const MEMBER_SINCE = "2026-06-01T09:00:00.000Z";

/**
 * `message.call` as it stood when the phone rang: its status is a stale snapshot in every later message, as with the
 * real ones. Source: `tests/samples/vapi/status-update-ended.json` and the others there.
 */
function callObject(call: Call) {
  const at = call.createdAt.toISOString();
  return {
    id: call.id,
    orgId: ORG_ID,
    createdAt: at,
    updatedAt: at,
    type: call.outgoing ? "outboundPhoneCall" : "inboundPhoneCall",
    status: "ringing",
    phoneCallProvider: "twilio",
    phoneCallProviderId: `CA${call.id.replaceAll("-", "")}`,
    phoneCallTransport: "pstn",
    phoneNumberId: call.line.vapiNumberId,
    assistantId: null,
    squadId: null,
    customer: customerObject(call),
    ...(call.assistant ? { assistant: call.assistant.raw } : {}),
  };
}

const customerObject = ({ callerNumber }: Call) =>
  callerNumber === undefined ? {} : { number: callerNumber };

function phoneNumber({ line }: Call, serverUrl: string) {
  return {
    id: line.vapiNumberId,
    orgId: ORG_ID,
    assistantId: null,
    squadId: null,
    number: line.phone,
    createdAt: MEMBER_SINCE,
    updatedAt: MEMBER_SINCE,
    name: line.name,
    provider: "twilio",
    smsEnabled: false,
    status: "active",
    server: { url: serverUrl, timeoutSeconds: 20 },
    fallbackDestination: null,
  };
}

interface Said {
  now: Date;
  serverUrl: string;
}

/** What every message carries, with the fields of its type before it. */
function message(call: Call, type: string, { now, serverUrl }: Said, fields: Record<string, unknown> = {}) {
  return {
    message: {
      timestamp: now.getTime(),
      type,
      ...fields,
      call: callObject(call),
      ...(call.assistant ? { assistant: call.assistant.raw } : {}),
      phoneNumber: phoneNumber(call, serverUrl),
      customer: customerObject(call),
    },
  };
}

export const assistantRequest = (call: Call, said: Said) => message(call, "assistant-request", said);

export const statusUpdate = (call: Call, said: Said, status: string, fields: Record<string, unknown> = {}) =>
  message(call, "status-update", said, { status, ...fields });

/** Arguments as Vapi's schema has them, as JSON text. */
export function toolCalls(call: Call, said: Said, tool: NonNullable<Turn["tool"]>) {
  const item = {
    id: tool.id,
    type: "function",
    function: { name: tool.name, arguments: JSON.stringify(tool.args) },
  };
  return message(call, "tool-calls", said, {
    toolCalls: [item],
    toolCallList: [item],
    toolWithToolCallList: [{ type: "function", function: { name: tool.name }, messages: [], toolCall: item }],
    artifact: { messages: [], messagesOpenAIFormatted: [] },
  });
}

function turnObject(turn: Turn, start: number) {
  const time = start + turn.at * 1_000;
  const base = { role: turn.role, time, secondsFromStart: turn.at };
  const { tool, text, seconds } = turn;
  if (turn.role === "tool_calls" && tool)
    return {
      ...base,
      message: "",
      toolCalls: [
        {
          id: tool.id,
          type: "function",
          function: { name: tool.name, arguments: JSON.stringify(tool.args) },
        },
      ],
    };
  if (turn.role === "tool_call_result" && tool)
    return { ...base, name: tool.name, result: text, toolCallId: tool.id };
  if (turn.role === "system") return { ...base, message: text };
  return {
    ...base,
    message: text,
    endTime: time + seconds * 1_000,
    duration: seconds * 1_000,
    ...(turn.role === "bot" ? { source: "" } : {}),
  };
}

const SPEAKER = { bot: "AI", user: "User" } as const;

const transcriptOf = ({ turns }: Call): string =>
  turns
    .flatMap(({ role, text }) => (role === "bot" || role === "user" ? [`${SPEAKER[role]}: ${text}\n`] : []))
    .join("");

/** Analysis as asked for: a summary, and data by the assistant's own schema. */
function analysisOf(call: Call) {
  const said = userTurns(call);
  if (said.length === 0) return {};
  const words = callerWords(said, call.callerNumber);
  const who = words.name ?? "The caller";
  const summary = `${who} ${words.reason ? `called: ${words.reason}.` : "called and left no reason."}${words.number ? ` Call back on ${words.number}.` : ""}`;
  const schema = call.assistant?.structuredSchema;
  const known = [
    [/name/i, words.name ?? ""],
    [/number|phone/i, words.number ?? ""],
    [/reason|summary|message|why/i, words.reason ?? ""],
  ] as const;
  return {
    ...(call.assistant?.summaryEnabled ? { summary } : {}),
    ...(schema ? { structuredData: fillSchema(schema, known) } : {}),
  };
}

/** What is known of a call once it is over: for the report, and for whoever asks the REST API. */
function outcomeOf(call: Call, now: Date) {
  const answered = call.assistant !== undefined;
  const start = startedAt(call, now);
  const messages = call.turns.map((turn) => turnObject(turn, start.getTime()));
  const transcript = transcriptOf(call);
  const analysis = analysisOf(call);
  const ended = call.endedAt ?? now;
  return {
    analysis,
    artifact: { messages, messagesOpenAIFormatted: openAiMessages(call), transcript, ...recording(call) },
    endedReason: call.endedReason,
    ...(answered
      ? {
          startedAt: start.toISOString(),
          endedAt: ended.toISOString(),
          ...costsOf(call),
          durationMs: Math.round(call.seconds * 1_000),
          durationSeconds: call.seconds,
          durationMinutes: Math.round((call.seconds / 60) * 10_000) / 10_000,
        }
      : { cost: 0, costs: [] }),
    ...("summary" in analysis ? { summary: analysis.summary } : {}),
    transcript,
    messages,
  };
}

const ROLES = { system: "system", bot: "assistant", user: "user" } as const;

const openAiMessages = ({ turns }: Call) =>
  turns.flatMap(({ role, text }) =>
    role in ROLES ? [{ role: ROLES[role as keyof typeof ROLES], content: text }] : [],
  );

const recording = (call: Call) =>
  call.assistant ? { recordingUrl: `https://storage.vapi.ai/${call.id}-mono.wav` } : {};

export const endOfCallReport = (call: Call, said: Said) =>
  message(call, "end-of-call-report", said, outcomeOf(call, said.now));

/** A call as `GET /call/<id>` gives it: now with its true status. */
export function restCall(call: Call, now: Date) {
  const ended = call.status === "ended";
  return {
    ...callObject(call),
    status: call.status,
    updatedAt: (call.endedAt ?? now).toISOString(),
    ...(ended ? outcomeOf(call, now) : {}),
  };
}
