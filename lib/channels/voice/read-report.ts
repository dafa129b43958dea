import type { CallReport } from "@/lib/calls/call";
import { parseRecord } from "@/lib/shared/clean-json";
import { readInstant } from "@/lib/shared/instant";
import { readCost } from "./call-cost";
import { readDialogue } from "./read-dialogue";
import { isRecord, type Message, type ReportFields, reportFields } from "./shapes";

const MAX_SECONDS = 7 * 86_400;
const MAX_TURN_MS = 60_000;
const MAX_REASON = 200;
const MAX_STRUCTURED_DEPTH = 4;
/** Reasons of calls that only rang. Source: docs.vapi.ai/calls/call-ended-reason and the API's `endedReason` values. */
const NEVER_CONNECTED =
  /^(assistant-request-|assistant-not-(found|valid|invalid|provided)|call[.-]start[.-]error|call\.ringing\.|customer-(busy|did-not-answer|did-not-give-microphone-permission)|twilio-reported-customer-misdialed|vonage-rejected|scheduled-call-deleted)|-failed-to-connect|transport-never-connected/;

/**
 * Reads an end-of-call-report, or a call fetched from the provider's API and put into the report's place. A reason of a
 * call that was never connected outweighs its times, which then are those of the ringing.
 */
export function readReport(message: Message): CallReport {
  const own = reportFields.parse(message);
  const call = reportFields.parse(message.call);
  const startedAt = readInstant(own.startedAt) ?? readInstant(call.startedAt);
  const endedAt = readInstant(own.endedAt) ?? readInstant(call.endedAt);
  const endedReason = (own.endedReason ?? call.endedReason)?.slice(0, MAX_REASON);
  const rangOnly = NEVER_CONNECTED.test(endedReason ?? "");
  const durationSeconds = rangOnly ? 0 : readSeconds(own, call, startedAt, endedAt);
  const transcript = readTranscript(own) ?? readTranscript(call);
  const structured = [...readStructured(own), ...readStructured(call)];
  const cost = readCost(own, call);
  const spoken = durationSeconds > 0 || /^User:/m.test(transcript ?? "") || structured.length > 0;
  return {
    startedAt,
    endedAt,
    durationSeconds,
    connected: !rangOnly && (spoken || cost.cost > 0n),
    cost,
    endedReason,
    transcript,
    dialogue: readDialogue(turnsIn(own)) ?? readDialogue(turnsIn(call)),
    summary: own.analysis.summary ?? own.summary ?? call.analysis.summary ?? call.summary,
    structured,
    turnLatencyMs: readTurnLatency(own) ?? readTurnLatency(call),
  };
}

const finite = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number > 0 ? number : undefined;
};

/**
 * The dates first; where they are missing, `durationSeconds` and `durationMs`, which no schema of the provider names and
 * real reports hold; then the minutes of its own cost line, which it bills by.
 */
function readSeconds(own: ReportFields, call: ReportFields, startedAt?: Date, endedAt?: Date): number {
  const between = startedAt && endedAt ? (endedAt.getTime() - startedAt.getTime()) / 1_000 : undefined;
  const milliseconds = finite(own.durationMs) ?? finite(call.durationMs);
  const seconds =
    finite(between) ??
    finite(own.durationSeconds) ??
    finite(call.durationSeconds) ??
    (milliseconds && milliseconds / 1_000) ??
    lineSeconds(own.costs) ??
    lineSeconds(call.costs) ??
    0;
  return Math.round(Math.min(seconds, MAX_SECONDS));
}

function lineSeconds(costs: unknown): number | undefined {
  const lines: unknown[] = Array.isArray(costs) ? costs : [];
  const own = lines.find((line) => isRecord(line) && line.type === "vapi");
  const minutes = isRecord(own) ? finite(own.minutes) : undefined;
  return minutes && minutes * 60;
}

function readTranscript(fields: ReportFields): string | undefined {
  const { artifact } = fields;
  const given = artifact.transcript ?? fields.transcript;
  if (given !== undefined) return given;
  const lines = turnsIn(fields).flatMap(readTurn);
  return lines.length > 0 ? lines.join("\n") : undefined;
}

const turnsIn = ({ artifact, messages }: ReportFields): readonly unknown[] =>
  [artifact.messages, messages, artifact.messagesOpenAIFormatted].find((some) => some.length > 0) ?? [];

const SPEAKER: Readonly<Record<string, string>> = { user: "User", bot: "AI", assistant: "AI" };

function readTurn(turn: unknown): string[] {
  if (!isRecord(turn)) return [];
  const speaker =
    typeof turn.role === "string" && Object.hasOwn(SPEAKER, turn.role) ? SPEAKER[turn.role] : undefined;
  const words = typeof turn.message === "string" ? turn.message : turn.content;
  return speaker && typeof words === "string" && words.trim() !== ""
    ? [`${speaker}: ${words.replace(/\s+/g, " ").trim()}`]
    : [];
}

/** `analysis.structuredData` (object or its text), its several plans, and `artifact.structuredOutputs` by id. */
const readStructured = (fields: ReportFields): Record<string, unknown>[] =>
  [fields.analysis.structuredData, fields.analysis.structuredDataMulti, fields.artifact.structuredOutputs]
    .flatMap((value) => recordsIn(value))
    .filter((record) =>
      Object.values(record).some((value) => typeof value === "string" || typeof value === "number"),
    );

/** Every object in a value; a wrapper `{ name, result }` stands for its result. */
function recordsIn(value: unknown, depth = 0): Record<string, unknown>[] {
  if (depth > MAX_STRUCTURED_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => recordsIn(item, depth + 1));
  const record = typeof value === "string" ? parseRecord(value) : isRecord(value) ? value : undefined;
  if (!record) return [];
  if (!("result" in record))
    return [record, ...Object.values(record).flatMap((item) => recordsIn(item, depth + 1))];
  const inner = recordsIn(record.result, depth + 1);
  return inner.length > 0 || typeof record.name !== "string" ? inner : [{ [record.name]: record.result }];
}

function readTurnLatency({ artifact }: ReportFields): number | undefined {
  const { turnLatencyAverage, turnLatencies } = artifact.performanceMetrics;
  const turns = turnLatencies.flatMap((turn) => (isRecord(turn) ? (finite(turn.turnLatency) ?? []) : []));
  const mean =
    turns.length > 0 ? turns.reduce((sum, turn) => sum + turn, 0) / turns.length : finite(turnLatencyAverage);
  return mean === undefined || mean > MAX_TURN_MS ? undefined : Math.round(mean);
}
