import { diagnose } from "./diagnostics";
import { fillSchema, type Known } from "./fill-schema";
import { classify } from "./intents";
import { replyFor } from "./replies";
import { type ChatRequest, customerWords, garageFacts } from "./request";

/** What the model says: JSON where a schema asks for it, else an answer in words. The same request, the same answer. */
export function answer(request: ChatRequest): string {
  const words = customerWords(request.messages);
  const facts = garageFacts(request.messages);
  const classified = classify(words);
  const reply = () => replyFor(classified.intent, words, facts);
  if (!request.schema && !request.jsonObject) return facts.isDiagnostics ? diagnose(words) : reply();
  const known: Known = [
    [/intent|category|label/i, classified.intent],
    [/confidence|score|probability/i, classified.confidence],
    [/summary|topic/i, summaryOf(words)],
    [/reason|explanation/i, `The message reads like ${classified.intent.replaceAll("_", " ")}.`],
    [/language/i, "en"],
    [/escalate|handoff|hand_off|needs_?human/i, classified.intent === "escalation_request"],
    [/reply|answer|response|message|text/i, reply()],
  ];
  if (request.schema) return JSON.stringify(fillSchema(request.schema.schema, known));
  return JSON.stringify({ ...classified, reply: reply() });
}

const MAX_SUMMARY = 160;

const summaryOf = (words: string): string => {
  const line = words.replace(/\s+/g, " ").trim();
  return `Customer wrote: ${line.length > MAX_SUMMARY ? `${line.slice(0, MAX_SUMMARY - 1)}…` : line}`;
};
