import type { Line } from "../core/lines";
import type { Assistant } from "./assistant";

/** One thing that was said or done; `at` and `seconds` in seconds since the call was answered. */
export interface Turn {
  role: "system" | "bot" | "user" | "tool_calls" | "tool_call_result";
  text: string;
  at: number;
  seconds: number;
  tool?: { id: string; name: string; args: Record<string, unknown> };
}

export interface Call {
  id: string;
  line: Line;
  /** As the network says it; undefined where there is none. */
  callerNumber: string | undefined;
  /** Whom the page shows as the caller. */
  customer: string;
  createdAt: Date;
  status: "ringing" | "in-progress" | "forwarding" | "ended";
  assistant: Assistant | undefined;
  turns: Turn[];
  /** How long it has lasted, by what was said. */
  seconds: number;
  endedAt: Date | undefined;
  endedReason: string | undefined;
  /** The application asked for it, and the customer was rung. */
  outgoing: boolean;
  /** Why no assistant spoke. */
  problem: string | undefined;
}

const WORDS_PER_SECOND = 2.6;
const PAUSE_SECONDS = 1.1;
const MIN_SECONDS = 0.6;

/** Adds a turn, and the time that it takes to say it. */
export function speak(call: Call, role: Turn["role"], text: string, tool?: Turn["tool"]): Turn {
  const silent = role === "system" || role === "tool_calls" || role === "tool_call_result";
  const seconds = silent ? 0 : Math.max(MIN_SECONDS, text.split(/\s+/).length / WORDS_PER_SECOND);
  const at = role === "system" ? 0 : call.seconds + PAUSE_SECONDS;
  const turn: Turn = { role, text, at: round(at), seconds: round(seconds), ...(tool ? { tool } : {}) };
  call.turns.push(turn);
  if (role !== "system") call.seconds = round(at + seconds);
  return turn;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

export const userTurns = (call: Call): string[] =>
  call.turns.filter(({ role }) => role === "user").map(({ text }) => text);

/** When it was answered: the sandbox talks faster than people, so the start is reckoned back from the end. */
export function startedAt(call: Call, now: Date): Date {
  return new Date((call.endedAt ?? now).getTime() - call.seconds * 1_000);
}

/** What the page and the control API show of a call. */
export function viewOf(call: Call) {
  const metadata = (call.assistant?.raw.metadata ?? {}) as Record<string, unknown>;
  return {
    id: call.id,
    line: call.line.slug,
    customer: call.customer,
    callerNumber: call.callerNumber ?? null,
    status: call.status,
    mode: metadata.mode ?? null,
    level: metadata.level ?? null,
    reason: metadata.reason ?? null,
    isFallback: metadata.isFallback === true,
    assistantName: call.assistant?.raw.name ?? null,
    firstMessage: call.assistant?.firstMessage ?? null,
    tools: call.assistant?.tools ?? [],
    seconds: call.seconds,
    endedReason: call.endedReason ?? null,
    problem: call.problem ?? null,
    turns: call.turns.filter(({ role }) => role !== "system"),
  };
}

export type CallView = ReturnType<typeof viewOf>;
