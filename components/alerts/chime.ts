"use client";

/** Two notes, upwards: when each begins, and its pitch. */
const NOTES = [
  { atSeconds: 0, hertz: 784 },
  { atSeconds: 0.14, hertz: 1_047 },
] as const;
const NOTE_SECONDS = 0.32;
const LOUDNESS = 0.18;
/** Held by the tab that sounds, and for a while after: neither another tab nor this one sounds until then. */
const LOCK = "torqueflow-chime";
const REST_SECONDS = 4;

let audio: AudioContext | undefined;

/** Browsers let a page sound only from a press on: to be called from one. */
export function allowChime(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

/** Allows it with the next press. Returns what ends the waiting. */
export function allowChimeOnPress(): () => void {
  const events = ["pointerdown", "keydown"] as const;
  for (const event of events) addEventListener(event, allowChime);
  return () => {
    for (const event of events) removeEventListener(event, allowChime);
  };
}

/** A short sound, in one tab and at most once in four seconds; none before somebody has pressed something in this one. */
export async function chime(): Promise<void> {
  const ready = audio;
  if (ready?.state !== "running") return;
  if (!("locks" in navigator)) return play(ready);
  await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? play(ready) : undefined));
}

/** Resolves when the rest after it is over, by the sound's own clock: timers are slow in a tab in the background. */
function play(context: AudioContext): Promise<void> {
  for (const { atSeconds, hertz } of NOTES) tone(context, context.currentTime + atSeconds, hertz);
  return new Promise((resolve) => {
    const rest = context.createConstantSource();
    rest.onended = () => resolve();
    rest.start();
    rest.stop(context.currentTime + REST_SECONDS);
  });
}

function tone(context: AudioContext, at: number, hertz: number): void {
  const pitch = context.createOscillator();
  const volume = context.createGain();
  pitch.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS);
  pitch.connect(volume).connect(context.destination);
  pitch.start(at);
  pitch.stop(at + NOTE_SECONDS);
}
