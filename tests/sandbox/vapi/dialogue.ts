import { classify } from "../ai/intents";
import { type Call, userTurns } from "./call";
import { callerWords } from "./caller-words";

/** What the assistant does next: say something, or use one of its tools first. */
export type Move =
  | { kind: "say"; text: string }
  | { kind: "tool"; name: string; args: Record<string, unknown> };

const CLOSING = /\b(bye|goodbye|that('s| is) (all|everything|it)|no,? thank(s| you)|nothing else)\b/i;
const REGISTRATION = /\b([A-Z]{2}\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3})\b/i;
const DAY_MS = 86_400_000;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The assistant's next move after what the caller said last; always the same for the same conversation. */
export function nextMove(call: Call, now: Date): Move {
  const said = userTurns(call);
  const last = said.at(-1) ?? "";
  const tools = call.assistant?.tools ?? [];
  if (call.assistant?.structuredSchema) return takeMessage(call, said);
  if (CLOSING.test(last)) return { kind: "say", text: closing(call) };
  const { intent } = classify(last);
  if (tools.length === 0) return takeMessage(call, said);
  if (intent === "booking_request" && tools.includes("book_appointment"))
    return { kind: "tool", name: "book_appointment", args: bookingArgs(call, said, now) };
  if (intent === "status_inquiry" && tools.includes("work_order_status"))
    return { kind: "tool", name: "work_order_status", args: vehicleArgs(said) };
  if (/\b(my (record|details|account|next appointment))\b/i.test(last) && tools.includes("customer_lookup"))
    return { kind: "tool", name: "customer_lookup", args: vehicleArgs(said) };
  if (intent === "quote_question")
    return { kind: "say", text: "A technician will confirm the price. Shall I book you in for a look?" };
  if (intent === "escalation_request")
    return { kind: "say", text: "Of course. I'll have a colleague call you back. What's the best number?" };
  return {
    kind: "say",
    text: "I can help with that. Would you like me to book you in, or is there something else?",
  };
}

export type ToolWord = { readonly kind: "result" | "error"; readonly text: string };

/** After a tool answered: its own words, and a question. An error tells the model what to do: it is never read aloud. */
export function afterTool({ kind, text }: ToolWord): string {
  if (kind === "result") return `${text.replace(/[.\s]*$/, ".")} Is there anything else I can help with?`;
  if (/registration/i.test(text))
    return "Could you give me the vehicle's registration and your surname, please?";
  if (/\b(day|time|earlier)\b/i.test(text)) return "What day and time would suit you?";
  return "I'm sorry, I can't do that just now. Shall I have a colleague call you back?";
}

/** The first of the assistant's own end-of-call phrases, as its prompt tells it to. */
function closing(call: Call): string {
  const phrase = call.assistant?.endCallPhrases[0];
  if (!phrase) return "Thank you for calling. Goodbye.";
  return `Thank you for calling. ${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

function takeMessage(call: Call, said: readonly string[]): Move {
  const { name, number, reason } = callerWords(said, call.callerNumber);
  if (CLOSING.test(said.at(-1) ?? "")) return { kind: "say", text: closing(call) };
  if (!name) return { kind: "say", text: "Of course. Could I take your name, please?" };
  if (!number)
    return {
      kind: "say",
      text: `Thank you, ${name.split(" ")[0]}. What's the best number, or shall we use the one you're calling from?`,
    };
  if (!reason)
    return { kind: "say", text: `I have ${number.split("").join(" ")}. What is it about, in one sentence?` };
  const phrase = call.assistant?.endCallPhrases[0] ?? "goodbye for now";
  return {
    kind: "say",
    text: `Thank you, someone will call you back. ${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`,
  };
}

function vehicleArgs(said: readonly string[]): Record<string, unknown> {
  const registration = REGISTRATION.exec(said.join(" "))?.[1];
  const [, surname] = callerWords(said, undefined).name?.split(" ") ?? [];
  return { ...(registration ? { registration } : {}), ...(surname ? { surname } : {}) };
}

function bookingArgs(call: Call, said: readonly string[], now: Date): Record<string, unknown> {
  const all = said.join(" ");
  const words = callerWords(said, call.callerNumber);
  const registration = REGISTRATION.exec(all)?.[1];
  const service = /\b(mot|full service|service|tyres?|brakes?|diagnostics?)\b/i.exec(all)?.[1];
  return {
    name: words.name ?? "Caller",
    startsAt: `${dayIn(all, now)}T10:00`,
    ...(service ? { service } : {}),
    ...(registration ? { registration } : {}),
  };
}

/** The weekday that was named, else tomorrow; never a Sunday. */
function dayIn(text: string, now: Date): string {
  const wanted = WEEKDAYS.findIndex((day) => text.toLowerCase().includes(day));
  const today = now.getUTCDay();
  const ahead = wanted > 0 ? (wanted - today + 7) % 7 || 7 : today === 6 ? 2 : 1;
  return new Date(now.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
}
