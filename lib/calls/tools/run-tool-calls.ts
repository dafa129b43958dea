import type { Ctx } from "@/lib/auth/context";
import { NEUTRAL_PERSONA } from "@/lib/garage/persona";
import { metrics } from "@/lib/shared/metrics";
import { within } from "@/lib/shared/within";
import { type CallRef, callerOn, type ToolCall } from "../call";
import { resolveCall } from "../resolve-call";
import { isTestCall } from "../test-call";
import { bookForCaller } from "./book-appointment";
import { customerLookup } from "./customer-lookup";
import { isToolName, mayUse, type ToolName } from "./definitions";
import { refused, type ToolCaller, type ToolResult } from "./tool-result";
import { workOrderStatus } from "./work-order-status";

/** One item of the provider's answer; strings of one line. */
export type ToolAnswer = { readonly toolCallId: string; readonly name: string } & (
  | { readonly result: string }
  | { readonly error: string }
);

const CALL_BUDGET_MS = 4_000;
const TOOL_BUDGET_MS = 6_000;
const MAX_CALLS = 10;
const MAX_TEXT = 1_000;

const NO_TOOLS = refused(
  "Only a message can be taken on this call. Say that a member of the team will call back.",
);
const TESTING = refused(
  "This is a test call: nothing is booked or looked up. Say that on a customer's call you would do it now.",
);
const SWITCHED_OFF = refused(
  "This garage does not have that done on calls. Take a message and say that a colleague will call back.",
);
const AWAY = refused("The garage's records cannot be reached just now. Offer a call back.");
const UNREADABLE = refused("The request could not be read. Ask the caller again.");
const TOO_MANY = refused("Too many requests at once. Ask for one thing at a time.");

/**
 * Runs what the assistant asked for, in order, and answers each by its id. Never throws: the provider ignores any other
 * status than 200, so what goes wrong is said in the item. Refused on message-taker calls.
 */
export async function runToolCalls(
  ctx: Ctx,
  call: CallRef | undefined,
  asked: readonly ToolCall[],
): Promise<ToolAnswer[]> {
  const caller = await identify(ctx, call);
  const answers: ToolAnswer[] = [];
  for (const [index, tool] of asked.entries()) {
    const outcome =
      "kind" in caller ? caller : index < MAX_CALLS ? await runOne(ctx, caller, tool) : TOO_MANY;
    metrics().voiceToolCalls.inc({
      tool: isToolName(tool.name) ? tool.name : "unknown",
      outcome: outcome.kind,
    });
    answers.push(answerTo(tool, outcome));
  }
  return answers;
}

/**
 * Who asks, or the one answer to everything in the message. A call's mode is fixed when it starts; metadata tells it
 * where no start was stored.
 */
async function identify(ctx: Ctx, call: CallRef | undefined): Promise<ToolCaller | ToolResult> {
  if (!call) return AWAY;
  if (isTestCall(call)) return TESTING;
  const attempt = await within(CALL_BUDGET_MS, () => resolveCall(ctx, call));
  if (attempt.kind !== "done" || !attempt.value) {
    ctx.log.warn({ callId: call.id, kind: attempt.kind }, "tool calls of a call that could not be resolved");
    return AWAY;
  }
  const { orgId, line, stored } = attempt.value;
  const mode = stored?.mode ?? call.metadata?.mode;
  if (mode === "degraded" || stored?.isFallback || call.metadata?.isFallback) {
    ctx.log.warn({ orgId, callId: call.id }, "tool calls on a message-taker call were refused");
    return NO_TOOLS;
  }
  const { mayBook, mayLookUp } = line?.persona ?? NEUTRAL_PERSONA;
  const hours = line?.hours ?? { week: null, closures: [], written: null };
  return { orgId, callId: call.id, callerNumber: callerOn(line, call), hours, mayBook, mayLookUp };
}

async function runOne(ctx: Ctx, caller: ToolCaller, tool: ToolCall): Promise<ToolResult> {
  const { name, args, id } = tool;
  if (!isToolName(name)) return refused("There is no such tool.");
  if (!mayUse(caller, name)) return SWITCHED_OFF;
  if (!args || id === "") return UNREADABLE;
  const attempt = await within(TOOL_BUDGET_MS, () => run(ctx, caller, name, id, args));
  if (attempt.kind === "done") return attempt.value;
  ctx.log.error(
    { orgId: caller.orgId, callId: caller.callId, tool: name, kind: attempt.kind },
    "a tool call failed",
  );
  return AWAY;
}

function run(
  ctx: Ctx,
  caller: ToolCaller,
  name: ToolName,
  id: string,
  args: ToolCall["args"],
): Promise<ToolResult> {
  switch (name) {
    case "book_appointment":
      return bookForCaller(ctx, caller, id, args);
    case "work_order_status":
      return workOrderStatus(ctx, caller, args);
    case "customer_lookup":
      return customerLookup(ctx, caller, args);
  }
}

function answerTo({ id, name }: ToolCall, { kind, text }: ToolResult): ToolAnswer {
  const line = text.replace(/\s+/g, " ").trim().slice(0, MAX_TEXT);
  return kind === "result" ? { toolCallId: id, name, result: line } : { toolCallId: id, name, error: line };
}
