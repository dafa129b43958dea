import { env } from "@/lib/shared/env";
import type { VoiceChoices } from "./voice-choice-list";
import { BUILT_IN } from "./voice-choice-list";

/** The voices, transcribers and languages that a garage may choose from: those of VOICE_CHOICES, else the built-in ones. */
export const voiceChoices = (): VoiceChoices => env().VOICE_CHOICES ?? BUILT_IN;
