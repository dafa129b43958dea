import { record } from "../core/http";
import type { Call } from "./call";

/**
 * US dollars, worked out from `tests/samples/vapi/end-of-call-report.json`: 127.6 s, 412 characters and 5,210 tokens
 * cost 0.1678.
 */
const PER_MINUTE = { vapi: 0.05, transport: 0.0085, transcriber: 0.0098 } as const;
const PER_CHARACTER = 0.00005;
const PER_PROMPT_TOKEN = 0.0000003;
const PER_COMPLETION_TOKEN = 0.0000012;
const PER_SUMMARY = 0.0002;
const PER_STRUCTURED_DATA = 0.0003;

const round = (usd: number): number => Math.round(usd * 10_000) / 10_000;
const tokens = (text: string): number => Math.ceil(text.length / 4);

/** Prompt tokens grow with every answer, because the whole conversation is sent again each time. */
function tokensOf(call: Call): { prompt: number; completion: number } {
  let context = 0;
  let prompt = 0;
  let completion = 0;
  for (const { role, text } of call.turns) {
    if (role === "bot") {
      prompt += context;
      completion += tokens(text);
    }
    context += tokens(text);
  }
  return { prompt, completion };
}

/** What a call used, and what each part of it costs. */
function reckon(call: Call) {
  const minutes = Math.round((call.seconds / 60) * 10_000) / 10_000;
  const bots = call.turns.filter(({ role }) => role === "bot");
  const characters = bots.reduce((sum, { text }) => sum + text.length, 0);
  const { prompt, completion } = tokensOf(call);
  const parts = {
    transport: round(minutes * PER_MINUTE.transport),
    stt: round(minutes * PER_MINUTE.transcriber),
    llm: round(prompt * PER_PROMPT_TOKEN + completion * PER_COMPLETION_TOKEN),
    tts: round(characters * PER_CHARACTER),
    vapi: round(minutes * PER_MINUTE.vapi),
  };
  const analyses = {
    summary: call.assistant?.summaryEnabled ? PER_SUMMARY : 0,
    structuredData: call.assistant?.structuredSchema ? PER_STRUCTURED_DATA : 0,
  };
  const all = [...Object.values(parts), ...Object.values(analyses)];
  const total = round(all.reduce((sum, part) => sum + part, 0));
  return { minutes, characters, prompt, completion, parts, analyses, total };
}

type Reckoned = ReturnType<typeof reckon>;

function linesOf(call: Call, { minutes, characters, prompt, completion, parts, analyses }: Reckoned) {
  const raw = call.assistant?.raw ?? {};
  const model = { provider: record(raw.model).provider, model: record(raw.model).model };
  const tokensUsed = { model, promptTokens: prompt, completionTokens: completion, cachedPromptTokens: 0 };
  const analysed = Object.entries(analyses).filter(([, cost]) => cost > 0);
  return [
    { type: "transport", provider: "twilio", minutes, cost: parts.transport },
    { type: "transcriber", transcriber: record(raw.transcriber), minutes, cost: parts.stt },
    { type: "model", ...tokensUsed, cost: parts.llm },
    { type: "voice", voice: record(raw.voice), characters, cost: parts.tts },
    { type: "vapi", subType: "normal", minutes, cost: parts.vapi },
    ...analysed.map(([analysisType, cost]) => ({ type: "analysis", analysisType, ...tokensUsed, cost })),
  ];
}

/** `costs`, `costBreakdown` and their sum, in US dollars with four decimals. */
export function costsOf(call: Call) {
  const reckoned = reckon(call);
  const { parts, analyses, total, prompt, completion, characters } = reckoned;
  return {
    cost: total,
    costs: linesOf(call, reckoned),
    costBreakdown: {
      ...parts,
      chat: 0,
      total,
      llmPromptTokens: prompt,
      llmCompletionTokens: completion,
      llmCachedPromptTokens: 0,
      ttsCharacters: characters,
      analysisCostBreakdown: { ...analyses, successEvaluation: 0 },
      knowledgeBaseCost: 0,
      voicemailDetectionCost: 0,
    },
  };
}
