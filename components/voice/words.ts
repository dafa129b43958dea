import { callLength } from "@/components/ui/times";
import type { CallDto } from "@/lib/calls/client";

const LEVEL: Readonly<Record<CallDto["level"], string>> = {
  0: "Full AI",
  1: "Faster model",
  2: "No tools",
  3: "Message-taker",
};

export const levelName = (level: CallDto["level"]): string => LEVEL[level];

const LIVE: Readonly<Record<CallDto["status"], string | null>> = {
  ringing: "Ringing",
  "in-progress": "On the phone",
  forwarding: "Being forwarded",
  ended: null,
  "end-unknown": null,
};

/** What a call does that goes on; null for one that does not. */
export const liveStatus = (status: CallDto["status"]): string | null => LIVE[status];

/** How long a call that is over took, as far as it is known. */
export function lengthText({ status, durationSeconds }: CallDto): string | null {
  if (status === "end-unknown") return "End unknown";
  return durationSeconds === null ? null : callLength(durationSeconds);
}

/** The provider’s reason as a sentence: "customer-ended-call" reads "Customer ended call". */
export function endedText(endedReason: string): string {
  const words = endedReason.replaceAll(/[-_.]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type CallFilter = "all" | "message-taker" | "fallback";

const FITS: Readonly<Record<CallFilter, (call: CallDto) => boolean>> = {
  all: () => true,
  "message-taker": ({ level }) => level === 3,
  fallback: ({ isFallback }) => isFallback,
};

export const callsIn = (calls: readonly CallDto[], filter: CallFilter): readonly CallDto[] =>
  calls.filter(FITS[filter]);

export const CALL_FILTERS: readonly { readonly key: CallFilter; readonly label: string }[] = [
  { key: "all", label: "All" },
  { key: "message-taker", label: "Message-taker" },
  { key: "fallback", label: "Fallback" },
];

export type Turn = {
  readonly key: number;
  readonly speaker: "AI" | "Caller" | null;
  readonly text: string;
};

/** A transcript as turns: lines begin with `AI:` or `User:`, any other goes on with the turn before it. */
export function turnsOf(transcript: string): Turn[] {
  const turns: Turn[] = [];
  for (const line of transcript.split(/\r?\n/).filter((one) => one.trim() !== "")) {
    const [, who, said = ""] = /^(AI|Bot|Assistant|User|Customer|Caller):\s*(.*)$/i.exec(line) ?? [];
    const last = turns.at(-1);
    if (who !== undefined)
      turns.push({
        key: turns.length,
        speaker: /^(ai|bot|assistant)$/i.test(who) ? "AI" : "Caller",
        text: said,
      });
    else if (last) turns[turns.length - 1] = { ...last, text: `${last.text}\n${line}` };
    else turns.push({ key: 0, speaker: null, text: line });
  }
  return turns;
}
