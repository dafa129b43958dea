import { z } from "zod";

/** How the AI sounds and thinks for one garage. `voice` and `transcriber` go to the provider as they are. */
export type Persona = {
  readonly assistantName: string;
  readonly greeting: string;
  readonly instructions: string;
  readonly voice: Readonly<Record<string, unknown>>;
  readonly transcriber: Readonly<Record<string, unknown>>;
  readonly model: string;
  readonly fastModel: string;
  /** What it speaks, such as "en-GB". */
  readonly language: string;
  /** Whether it may book appointments, and look up customers and their work orders. */
  readonly mayBook: boolean;
  readonly mayLookUp: boolean;
};

/** What answers where no garage's own voice is known. */
export const NEUTRAL_PERSONA: Persona = {
  assistantName: "Assistant",
  greeting: "Thank you for calling. How can I help?",
  instructions: "You are the receptionist of a garage. Be brief, friendly and honest.",
  voice: { provider: "vapi", voiceId: "Elliot" },
  transcriber: { provider: "deepgram", model: "nova-3", language: "en" },
  model: "gpt-4.1",
  fastModel: "gpt-4.1-mini",
  language: "en-GB",
  mayBook: true,
  mayLookUp: true,
};

/** How a garage is greeted that has not said how. */
export const greetingOf = (garage: string): string => `Thank you for calling ${garage}. How can I help?`;

const settings = z.record(z.string(), z.unknown()).refine((value) => Object.keys(value).length > 0);

/** A stored voice or transcriber; the neutral one where the column holds nothing usable. */
export function readSettings(stored: unknown, neutral: Persona["voice"]): Persona["voice"] {
  const parsed = settings.safeParse(stored);
  return parsed.success ? parsed.data : neutral;
}

/** A model as `name`, or `provider/name` for another provider than OpenAI. */
export function readModel(name: string): { provider: string; model: string } {
  const [first = "", ...rest] = name.split("/");
  return rest.length > 0 ? { provider: first, model: rest.join("/") } : { provider: "openai", model: first };
}
