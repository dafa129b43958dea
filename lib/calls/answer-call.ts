import type { Ctx } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import { type InteractionStart, startFrom } from "@/lib/credits/interaction";
import { startingBeside } from "@/lib/credits/start-beside";
import { findLine } from "@/lib/garage/directory";
import type { PhoneLine } from "@/lib/garage/phone-line";
import { publishLive } from "@/lib/notify/live";
import { metrics } from "@/lib/shared/metrics";
import { within } from "@/lib/shared/within";
import { assistantFor, staticAssistant } from "./assistant";
import { type CallRef, callerOn } from "./call";
import { keepStart, recentStart } from "./recent-starts";
import { openCalls, type RingingCall } from "./store/call-starts";
import { isTestCall } from "./test-call";

/** What the provider is to run, and for whom; `unknown` for a number that no garage has. */
export type CallAnswer = {
  readonly kind: "full" | "degraded" | "unknown" | "fallback";
  readonly assistant: Readonly<Record<string, unknown>>;
};

// The parts, with the gate's 250 ms, add up to less than two seconds. The whole is reached on a busy machine only, where
// requests wait for their turn: the provider waits 7.5 s, and a late full answer is better than the static fallback.
const WHOLE_BUDGET_MS = 4_800;
const LINE_BUDGET_MS = 500;
const STORE_BUDGET_MS = 700;

/**
 * Answers an assistant-request: never throws, and takes less than two seconds, or five on a busy machine. Credits decide
 * the mode, which is then stored; a repeat gets the stored one. Where the line cannot be told, the neutral message-taker
 * answers.
 */
export async function answerCall(ctx: Ctx, call: CallRef): Promise<CallAnswer> {
  const attempt = await within(WHOLE_BUDGET_MS, () => decide(ctx, call));
  if (attempt.kind !== "done")
    ctx.log.error({ callId: call.id, kind: attempt.kind }, "a call could not be decided: static fallback");
  const answer = attempt.kind === "done" ? attempt.value : fallback();
  metrics().voiceAnswers.inc({ answer: answer.kind });
  return answer;
}

async function decide(ctx: Ctx, call: CallRef): Promise<CallAnswer> {
  // A call of our own brings its assistant and asks for none.
  if (isTestCall(call)) return fallback();
  const lookup = await findLine(call.called, LINE_BUDGET_MS);
  switch (lookup.kind) {
    case "found": {
      const start = await fixStart(ctx, lookup.line, call);
      return { kind: start.mode, assistant: assistantFor(lookup.line, start) };
    }
    case "unknown":
      return { kind: "unknown", assistant: staticAssistant() };
    case "unavailable":
      ctx.log.error({ callId: call.id }, "a called number could not be looked up: static fallback");
      return fallback();
  }
}

const fallback = (): CallAnswer => ({ kind: "fallback", assistant: staticAssistant() });

const openCall = startingBeside<RingingCall>("calls", openCalls);

/** Decides how the call starts, or finds how it did, and stores it together with the ringing call. */
async function fixStart(ctx: Ctx, line: PhoneLine, call: CallRef): Promise<InteractionStart> {
  const start =
    recentStart(line.orgId, call.id) ?? keepStart(line.orgId, call.id, await newStart(ctx, line, call));
  const opened = await within(STORE_BUDGET_MS, () => openCall(ctx, ringing(ctx, line, call, start)));
  const logged = opened.kind === "done" && opened.value.failure === undefined;
  if (logged) publishLive({ type: "calls/changed", orgId: line.orgId });
  else ctx.log.warn({ callId: call.id, kind: opened.kind }, "a ringing call was not written to the log");
  if (opened.kind === "done" && opened.value.outcome.kind !== "no_account") return opened.value.outcome.start;
  metrics().voiceUnstoredStarts.inc();
  ctx.log.error(
    { orgId: line.orgId, callId: call.id, kind: opened.kind },
    "a call's start was not stored: its report will settle it",
  );
  return start;
}

async function newStart(ctx: Ctx, line: PhoneLine, call: CallRef): Promise<InteractionStart> {
  const gate = await checkCredits(ctx, { orgId: line.orgId, channel: "voice", providerRef: call.id });
  return startFrom(gate, ctx.now(), { level: line.latencyLevel, test: call.test });
}

const ringing = (ctx: Ctx, line: PhoneLine, call: CallRef, start: InteractionStart): RingingCall => ({
  orgId: line.orgId,
  channel: "voice",
  providerRef: call.id,
  start,
  id: ctx.newId(),
  createdAt: call.createdAt ?? start.startedAt,
  callerNumber: callerOn(line, call),
  callerName: call.callerName,
});
