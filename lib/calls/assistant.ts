import { type InteractionStart, startFrom } from "@/lib/credits/interaction";
import { END_OF_CALL } from "@/lib/garage/check-persona";
import { sayGarageHours } from "@/lib/garage/garage-hours";
import { NEUTRAL_PERSONA, readModel } from "@/lib/garage/persona";
import type { PhoneLine } from "@/lib/garage/phone-line";
import { sayLondonDay } from "@/lib/shared/london-time";
import { MAX_CALL_SECONDS } from "./core/standing";
import { messageTaker } from "./message-taker";
import { type Abilities, toolsFor } from "./tools/definitions";

const MAX_NAME = 40;

/**
 * The assistant for a call, from how it started: Level 3 when degraded, else the persona, its faster model from level
 * 1 and no tools at level 2. The same start and line give the same bytes.
 */
export function assistantFor(line: PhoneLine, start: InteractionStart) {
  return start.mode === "degraded" ? takeMessages(line, start) : converse(line, start);
}

/**
 * The neutral message-taker, for an unknown number or one that cannot be looked up. It holds no organisation and no
 * degradation reason, so that it is never taken for a credit decision.
 */
export function staticAssistant() {
  const { voice, transcriber, fastModel } = NEUTRAL_PERSONA;
  return messageTaker({ voice, transcriber, model: readModel(fastModel), metadata: { isFallback: true } });
}

/** Longer than anybody listens to a greeting and asks a question or two. */
const MAX_TEST_SECONDS = 180;

/** The whole assistant, for a call that we make to a member's own telephone; `testCallId` comes back with its report. */
export function testAssistant(line: PhoneLine, testCallId: string, now: Date) {
  const start = startFrom({ kind: "allow", billable: false, failOpen: false }, now, { test: true });
  const assistant = converse(line, start);
  return {
    ...assistant,
    maxDurationSeconds: MAX_TEST_SECONDS,
    metadata: { ...assistant.metadata, test: true, testCallId },
  };
}

/** Comes back with every later message, so that a report can be settled although no start was stored. */
function metadataOf(line: PhoneLine, start: InteractionStart) {
  return {
    orgId: line.orgId,
    mode: start.mode,
    level: start.level,
    ...(start.reason === null ? {} : { reason: start.reason }),
    billable: start.billable,
    isFallback: false,
    failOpen: start.failOpen,
  };
}

function takeMessages(line: PhoneLine, start: InteractionStart) {
  const { voice, transcriber, fastModel } = line.persona;
  return messageTaker({ voice, transcriber, model: readModel(fastModel), metadata: metadataOf(line, start) });
}

function converse(line: PhoneLine, start: InteractionStart) {
  const { persona } = line;
  const withTools = start.level < 2;
  return {
    name: nameOf(`${persona.assistantName} - ${line.orgName}`),
    firstMessage: persona.greeting,
    firstMessageMode: "assistant-speaks-first",
    model: {
      ...readModel(start.level === 0 ? persona.model : persona.fastModel),
      temperature: 0.3,
      maxTokens: 250,
      messages: [{ role: "system", content: promptFor(line, start.startedAt, withTools) }],
      ...(withTools ? { tools: toolsFor(persona) } : {}),
    },
    voice: persona.voice,
    transcriber: persona.transcriber,
    endCallPhrases: [END_OF_CALL],
    maxDurationSeconds: MAX_CALL_SECONDS,
    backgroundSound: "off",
    serverMessages: [
      "status-update",
      ...(withTools ? ["tool-calls"] : []),
      "end-of-call-report",
      "hang",
      "transfer-destination-request",
    ],
    clientMessages: [],
    metadata: metadataOf(line, start),
    analysisPlan: { minMessagesThreshold: 2, summaryPlan: { enabled: true, timeoutSeconds: 10 } },
    artifactPlan: { recordingEnabled: true, transcriptPlan: { enabled: true } },
  };
}

function promptFor(line: PhoneLine, startedAt: Date, withTools: boolean): string {
  const hours = sayGarageHours(line.hours, startedAt);
  const facts = [
    `You answer the phone of ${line.orgName} as ${line.persona.assistantName}.`,
    `Today is ${sayLondonDay(startedAt)}, UK time.`,
    line.services.length > 0 ? `Services: ${line.services.join(", ")}.` : undefined,
    hours === undefined ? undefined : `Opening hours: ${hours}.`,
    line.portalUrl === undefined ? undefined : `Customers can also use ${line.portalUrl}.`,
  ];
  const rules = rulesFor(withTools ? line.persona : { mayBook: false, mayLookUp: false });
  const ending =
    'Keep answers under two sentences. When the caller is done, say exactly: "Have a great day, goodbye."';
  return [line.persona.instructions, ...facts, ...rules, ending]
    .filter((part) => part !== undefined)
    .join("\n");
}

const TAKE_A_MESSAGE = "take the caller's name, number and wish, and say a colleague will call back.";

/** Promises no more than the tools that come with it can do. */
function rulesFor({ mayBook, mayLookUp }: Abilities): string[] {
  if (!mayBook && !mayLookUp) return [`You cannot book or look anything up on this call: ${TAKE_A_MESSAGE}`];
  const can = [
    ...(mayBook ? ["to book appointments"] : []),
    ...(mayLookUp ? ["to say how work stands", "to find the caller's record"] : []),
  ];
  const last = can.pop();
  const uses = can.length > 0 ? `${can.join(", ")} and ${last}` : last;
  return [
    `Use your tools ${uses}; never invent such facts.`,
    ...(mayBook ? [] : [`You cannot book appointments: ${TAKE_A_MESSAGE}`]),
    mayLookUp
      ? "Tell a caller about a customer or vehicle only what a tool returned in this call."
      : `You cannot look up work, customers or vehicles: for such questions ${TAKE_A_MESSAGE}`,
  ];
}

/** The provider takes names of up to 40 characters. */
const nameOf = (text: string): string => [...text].slice(0, MAX_NAME).join("");
