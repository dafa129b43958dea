import { isSuccess, type Outcome } from "../core/delivery";
import { isRecord, parseJson, record, string } from "../core/http";
import { newId } from "../core/ids";
import type { Line } from "../core/lines";
import { type AssistantAnswer, failed, readAnswer } from "./assistant";
import { type Call, speak } from "./call";
import { afterTool, nextMove, type ToolWord } from "./dialogue";
import { assistantRequest, endOfCallReport, statusUpdate, toolCalls } from "./payloads";
import type { VapiState } from "./state";
import { serverUrl, vapiDelivery } from "./webhooks";

export interface NewCall {
  line: Line;
  customer: string;
  /** What the network says the number is; undefined: withheld. */
  callerNumber: string | undefined;
  id?: string | undefined;
  /** How often the assistant-request is sent; the last answer counts. */
  requests: number;
}

const TOOL_TIMEOUT_MS = 20_000;

const said = ({ sandbox }: VapiState) => ({ now: sandbox.clock.now(), serverUrl: serverUrl(sandbox) });

const tell = ({ sandbox }: VapiState, call: Call): void =>
  sandbox.events.publish({ type: "call", data: { id: call.id } });

/** Rings, asks the application for an assistant, and lets it speak first. Resolves once that is decided. */
export async function startCall(state: VapiState, given: NewCall): Promise<Call> {
  const call = ringing(state, given, false);
  const answers: AssistantAnswer[] = [];
  for (let request = 0; request < given.requests; request++) answers.push(await askForAssistant(state, call));
  begin(state, call, answers.at(-1) ?? failed("assistant-request-failed", "nobody was asked"));
  return call;
}

function ringing(state: VapiState, given: Omit<NewCall, "requests">, outgoing: boolean): Call {
  const { sandbox, calls } = state;
  const call: Call = {
    id: given.id ?? newId.uuid(),
    line: given.line,
    callerNumber: given.callerNumber,
    customer: given.customer,
    createdAt: sandbox.clock.now(),
    status: "ringing",
    assistant: undefined,
    turns: [],
    seconds: 0,
    endedAt: undefined,
    endedReason: undefined,
    outgoing,
    problem: undefined,
  };
  calls.set(call.id, call);
  tell(state, call);
  return call;
}

/** Rings a customer with an assistant that was brought along; they pick up at once, and it speaks first. */
export function ringCustomer(state: VapiState, line: Line, number: string, answer: AssistantAnswer): Call {
  const call = ringing(state, { line, customer: number, callerNumber: number }, true);
  begin(state, call, answer);
  return call;
}

/** 7.5 seconds, answered with 200, or the call fails. */
async function askForAssistant(state: VapiState, call: Call): Promise<AssistantAnswer> {
  const { sandbox } = state;
  const delivery = vapiDelivery(sandbox, call, "assistant-request", assistantRequest(call, said(state)));
  const outcome = await sandbox.outbox.deliverNow(delivery, sandbox.settings().voiceDeadlineMs);
  if (outcome.kind === "timeout")
    return failed("assistant-request-failed", `timeout of ${sandbox.settings().voiceDeadlineMs}ms exceeded`);
  if (outcome.kind === "unreachable") return failed("assistant-request-failed", outcome.reason);
  if (!isSuccess(outcome)) return failed("assistant-request-failed", `status ${outcome.status}`);
  return readAnswer(parseJson(outcome.body));
}

function begin(state: VapiState, call: Call, answer: AssistantAnswer): void {
  switch (answer.kind) {
    case "assistant": {
      const { messages } = record(answer.assistant.raw.model);
      call.assistant = answer.assistant;
      call.status = "in-progress";
      for (const message of Array.isArray(messages) ? messages : [])
        speak(call, "system", string(record(message).content));
      queueStatus(state, call, "in-progress");
      if (answer.assistant.firstMessage) say(state, call, answer.assistant.firstMessage);
      break;
    }
    case "destination":
      call.status = "forwarding";
      if (answer.message) speak(call, "bot", answer.message);
      queueStatus(state, call, "forwarding", { destination: { type: "number", number: answer.number } });
      endCall(state, call, "assistant-request-returned-forwarding-phone-number");
      break;
    case "failed":
      call.problem = `${answer.reason}: ${answer.detail}`;
      speak(call, "bot", answer.spoken ?? "(The caller hears an error message, and the line goes dead.)");
      endCall(state, call, answer.reason, {
        inboundPhoneCallDebuggingArtifacts: { assistantRequestError: answer.detail },
      });
  }
  tell(state, call);
}

function queueStatus(
  state: VapiState,
  call: Call,
  status: string,
  fields: Record<string, unknown> = {},
): void {
  if (call.assistant && !call.assistant.serverMessages.includes("status-update")) return;
  const payload = statusUpdate(call, said(state), status, fields);
  state.sandbox.outbox.enqueue(
    vapiDelivery(state.sandbox, call, "status-update", payload, `status-update:${status}`),
  );
}

/** The assistant speaks; one of its end-of-call phrases, wherever it stands in it, ends the call. */
function say(state: VapiState, call: Call, text: string): void {
  speak(call, "bot", text);
  const { endCallPhrases = [], maxDurationSeconds = 0 } = call.assistant ?? {};
  if (endCallPhrases.some((phrase) => text.toLowerCase().includes(phrase.toLowerCase())))
    endCall(state, call, "assistant-said-end-call-phrase");
  else if (call.seconds > maxDurationSeconds) endCall(state, call, "exceeded-max-duration");
}

/** The caller says something, and the assistant answers, using its tools where it has them. */
export async function hearCaller(state: VapiState, call: Call, text: string): Promise<void> {
  if (call.status !== "in-progress") return;
  speak(call, "user", text);
  tell(state, call);
  const move = nextMove(call, state.sandbox.clock.now());
  say(
    state,
    call,
    move.kind === "say" ? move.text : afterTool(await consultTool(state, call, move.name, move.args)),
  );
  tell(state, call);
}

/** Any answer but 200 is ignored by the real one, and the assistant has nothing to say. */
async function consultTool(
  state: VapiState,
  call: Call,
  name: string,
  args: Record<string, unknown>,
): Promise<ToolWord> {
  const { outbox } = state.sandbox;
  const tool = { id: newId.toolCall(), name, args };
  speak(call, "tool_calls", "", tool);
  const delivery = vapiDelivery(state.sandbox, call, "tool-calls", toolCalls(call, said(state), tool));
  const outcome = await outbox.deliverNow(delivery, TOOL_TIMEOUT_MS);
  const result = resultOf(outcome, tool.id);
  speak(call, "tool_call_result", result?.text ?? "No result returned.", tool);
  return result ?? { kind: "error", text: "" };
}

function resultOf(outcome: Outcome, id: string): ToolWord | undefined {
  if (outcome.kind !== "answered" || outcome.status !== 200) return undefined;
  const { results } = record(parseJson(outcome.body));
  const item = Array.isArray(results)
    ? results.find((one) => isRecord(one) && one.toolCallId === id)
    : undefined;
  const { result, error } = record(item);
  if (string(result) !== "") return { kind: "result", text: string(result) };
  return string(error) === "" ? undefined : { kind: "error", text: string(error) };
}

/** Ends a call: the status first, then the report with its bill. `seconds` overrides how long it lasted. */
export function endCall(
  state: VapiState,
  call: Call,
  reason: string,
  fields: Record<string, unknown> = {},
  seconds?: number,
): void {
  if (call.status === "ended") return;
  if (seconds !== undefined) call.seconds = seconds;
  call.status = "ended";
  call.endedAt = state.sandbox.clock.now();
  call.endedReason = reason;
  queueStatus(state, call, "ended", { endedReason: reason, ...fields });
  if (!call.assistant || call.assistant.serverMessages.includes("end-of-call-report")) {
    const payload = endOfCallReport(call, said(state));
    state.sandbox.outbox.enqueue(vapiDelivery(state.sandbox, call, "end-of-call-report", payload));
  }
  tell(state, call);
}
