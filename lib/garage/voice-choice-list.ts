/** What the voice provider is given as it is. */
export type ProviderSettings = Readonly<Record<string, unknown>>;

export type VoiceChoices = {
  readonly voices: readonly { readonly label: string; readonly settings: ProviderSettings }[];
  readonly transcribers: readonly { readonly label: string; readonly settings: ProviderSettings }[];
  /** The first is where a new garage begins. */
  readonly languages: readonly { readonly label: string; readonly code: string }[];
};

const elevenLabs = (label: string, voiceId: string) => ({
  label,
  settings: {
    provider: "11labs",
    voiceId,
    model: "eleven_turbo_v2_5",
    stability: 0.5,
    similarityBoost: 0.75,
    speed: 1,
  },
});

/**
 * Where VOICE_CHOICES says nothing else.
 * Source: docs.vapi.ai, schemas ElevenLabsVoice, VapiVoice and DeepgramTranscriber
 */
export const BUILT_IN: VoiceChoices = {
  voices: [
    elevenLabs("Sarah, soft", "EXAVITQu4vr4xnSDxMaL"),
    elevenLabs("Lily, British", "pFZP5JQG7iQjIQuC4Bku"),
    elevenLabs("Daniel, British", "onwK4e9ZLuTAKqWW03F9"),
    elevenLabs("Charlotte, warm", "XB0fDUnXU5powFXDhCwa"),
    elevenLabs("Callum, calm", "N2lVS1w4EtoT3dr4eOWO"),
    elevenLabs("Charlie, easy-going", "IKne3meq5aSn9XLyUdCD"),
    { label: "Elliot", settings: { provider: "vapi", voiceId: "Elliot" } },
  ],
  transcribers: [
    {
      label: "Deepgram Nova-3",
      settings: { provider: "deepgram", model: "nova-3", smartFormat: true },
    },
    {
      label: "Deepgram Nova-2",
      settings: { provider: "deepgram", model: "nova-2", smartFormat: true },
    },
  ],
  languages: [{ label: "English (UK)", code: "en-GB" }],
};
