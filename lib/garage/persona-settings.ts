import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { visibleName, visibleText } from "@/lib/shared/visible-text";
import { changedMeanwhile } from "./changed-meanwhile";
import type { Problem } from "./check-garage";
import { checkAssistantName, checkGreeting, checkInstructions } from "./check-persona";
import { garageChanged } from "./garage-changed";
import { greetingOf, NEUTRAL_PERSONA, readSettings } from "./persona";
import { lockProfile, readPersona, readProfile, type StoredPersona, savePersonaRow } from "./store/settings";
import type { ProviderSettings, VoiceChoices } from "./voice-choice-list";
import { voiceChoices } from "./voice-choices";

export type Choice = { readonly id: string; readonly label: string };

type PersonaFields = {
  readonly assistantName: string;
  readonly greeting: string;
  readonly instructions: string;
  /** Ids of the choices. */
  readonly voice: string;
  readonly transcriber: string;
  readonly language: string;
  readonly mayBook: boolean;
  readonly mayLookUp: boolean;
  readonly version: number;
};

/** How a garage's assistant is, as its owners see it, with what it can be. */
export type PersonaSettings = PersonaFields & {
  /** Nobody has saved it yet: what stands here is ours to suggest. */
  readonly isSuggested: boolean;
  readonly choices: {
    readonly voices: readonly Choice[];
    readonly transcribers: readonly Choice[];
    readonly languages: readonly Choice[];
  };
};

export type PersonaInput = PersonaFields;

/** Stands for what is stored where no list has it. */
const CURRENT = "current";

/** Needs `settings.manage`. */
export async function getPersonaSettings(ctx: Ctx, orgId: string): Promise<PersonaSettings> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const [persona, garage] = await Promise.all([readPersona(orgId), readProfile(orgId)]);
  if (!garage) throw new AppError("not_found", "Not found.");
  const isSuggested = persona === undefined;
  return toSettings(persona ?? neutral(garage.name), voiceChoices(), isSuggested);
}

/**
 * Changes a garage's assistant, whole: it counts for the next call of every process. Needs `settings.manage`. Throws
 * invalid_input with the field at fault, and conflict where somebody has changed it since the version that was read.
 */
export async function savePersonaSettings(
  ctx: Ctx,
  orgId: string,
  input: PersonaInput,
): Promise<PersonaSettings> {
  requireMember(ctx.actor, orgId, "settings.manage");
  refuse("assistantName", checkAssistantName(input.assistantName));
  refuse("greeting", checkGreeting(input.greeting));
  refuse("instructions", checkInstructions(input.instructions));
  const choices = voiceChoices();
  const saved = await inTransaction(async (tx) => {
    const garage = await lockProfile(tx, orgId);
    if (!garage) throw new AppError("not_found", "Not found.");
    const stored = await readPersona(orgId, tx);
    const before = stored ?? neutral(garage.name);
    if (before.version !== input.version) throw changedMeanwhile();
    const after = changed(before, input, choices);
    await savePersonaRow(tx, orgId, after);
    await recordChange(ctx, tx, {
      orgId,
      action: "persona/changed",
      // Saving what was suggested is a change: from nothing.
      before: stored ? factsOf(stored, choices) : {},
      after: factsOf(after, choices),
    });
    return { ...after, version: before.version + 1 };
  });
  garageChanged(orgId);
  return toSettings(saved, choices, false);
}

const neutral = (garage: string): StoredPersona => ({
  ...NEUTRAL_PERSONA,
  greeting: greetingOf(garage),
  version: 0,
});

function changed(before: StoredPersona, input: PersonaInput, choices: VoiceChoices): StoredPersona {
  const { language } = input;
  if (language !== before.language && !choices.languages.some(({ code }) => code === language))
    refuse("language", "Choose one of the languages.");
  const transcriber = chosen(choices.transcribers, input.transcriber, before.transcriber, "transcriber");
  const hears = language === before.language && transcriber === before.transcriber ? {} : { language };
  return {
    ...before,
    assistantName: visibleName(input.assistantName) ?? "",
    greeting: visibleName(input.greeting) ?? "",
    instructions: visibleText(input.instructions) ?? "",
    voice: chosen(choices.voices, input.voice, before.voice, "voice"),
    transcriber: { ...readSettings(transcriber, NEUTRAL_PERSONA.transcriber), ...hears },
    language,
    mayBook: input.mayBook,
    mayLookUp: input.mayLookUp,
  };
}

type Listed = { readonly label: string; readonly settings: ProviderSettings };

/** What the provider knows a voice or a transcriber by; the other settings may differ from garage to garage. */
function idOf(settings: ProviderSettings): string {
  const { provider, voiceId, model } = settings;
  return `${String(provider)}:${String(voiceId ?? model)}`;
}

/** What is stored already keeps its own settings: only another choice replaces them. */
function chosen(list: readonly Listed[], id: string, before: unknown, field: string): unknown {
  const stored = readSettings(before, {});
  if (id === CURRENT || id === idOf(stored)) return before;
  const found = list.find(({ settings }) => idOf(settings) === id);
  if (!found) throw new AppError("invalid_input", "Choose one of the list.", { field });
  return found.settings;
}

function shown(list: readonly Listed[], stored: unknown): { choice: string; all: Choice[] } {
  const id = idOf(readSettings(stored, {}));
  const all = list.map(({ label, settings }) => ({ id: idOf(settings), label }));
  if (all.some((one) => one.id === id)) return { choice: id, all };
  return { choice: CURRENT, all: [{ id: CURRENT, label: `Current (${id.replace(":", " ")})` }, ...all] };
}

function toSettings(persona: StoredPersona, choices: VoiceChoices, isSuggested: boolean): PersonaSettings {
  const voice = shown(choices.voices, readSettings(persona.voice, NEUTRAL_PERSONA.voice));
  const transcriber = shown(
    choices.transcribers,
    readSettings(persona.transcriber, NEUTRAL_PERSONA.transcriber),
  );
  const languages = choices.languages.map(({ code, label }) => ({ id: code, label }));
  const isListed = languages.some(({ id }) => id === persona.language);
  const { assistantName, greeting, instructions, language, mayBook, mayLookUp, version } = persona;
  return {
    assistantName,
    greeting,
    instructions,
    voice: voice.choice,
    transcriber: transcriber.choice,
    language,
    mayBook,
    mayLookUp,
    version,
    isSuggested,
    choices: {
      voices: voice.all,
      transcribers: transcriber.all,
      languages: isListed ? languages : [{ id: language, label: `Current (${language})` }, ...languages],
    },
  };
}

const factsOf = (persona: StoredPersona, choices: VoiceChoices) => {
  const { assistantName, greeting, instructions, language, mayBook, mayLookUp } = persona;
  const labelled = (list: readonly Listed[], stored: unknown) => {
    const { choice, all } = shown(list, stored);
    return all.find(({ id }) => id === choice)?.label ?? choice;
  };
  return {
    name: assistantName,
    greeting,
    instructions,
    voice: labelled(choices.voices, persona.voice),
    transcriber: labelled(choices.transcribers, persona.transcriber),
    language,
    booksAppointments: mayBook,
    looksUpRecords: mayLookUp,
  };
};

function refuse(field: string, problem: Problem): void {
  if (problem !== undefined) throw new AppError("invalid_input", problem, { field });
}
