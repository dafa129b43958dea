import { callLength, span } from "@/components/ui/times";
import type { AttemptOutcome, CallBackDto, CallDto, CallFilter } from "@/lib/calls/client";
import { dayKey, formatClock, formatMoment } from "@/lib/shared/format";

const LEVEL: Readonly<Record<CallDto["level"], string>> = {
  0: "Full AI",
  1: "Faster model",
  2: "No tools",
  3: "Message-taker",
};

export const levelName = (level: CallDto["level"]): string => LEVEL[level];

const REASON: Readonly<Record<NonNullable<CallDto["degradationReason"]>, string>> = {
  "credit-exhaustion": "out of credits",
  "trial-cap": "trial cap reached",
};

export const reasonText = (reason: NonNullable<CallDto["degradationReason"]>): string => REASON[reason];

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

export type LogFilter = CallFilter | "all";

export const LOG_FILTERS: readonly { readonly key: LogFilter; readonly label: string }[] = [
  { key: "all", label: "All" },
  { key: "full", label: "Answered in full" },
  { key: "message-taker", label: "Message-taker" },
  { key: "fallback", label: "Fallback" },
  { key: "missed", label: "Missed or forwarded" },
  { key: "call-back", label: "With call-back" },
];

export const OUTCOMES: readonly { readonly key: AttemptOutcome; readonly label: string }[] = [
  { key: "no-answer", label: "No answer" },
  { key: "voicemail", label: "Left a voicemail" },
  { key: "spoke", label: "Spoke to them" },
  { key: "wrong-number", label: "Wrong number" },
];

export const outcomeText = (outcome: AttemptOutcome): string =>
  OUTCOMES.find(({ key }) => key === outcome)?.label ?? outcome;

/** Somebody of the garage, also once their account is gone. */
export const personName = ({ name }: { readonly name: string | null }): string =>
  name ?? "Somebody who has left";

/** Null where they rang once. */
export function rangText({ calls }: Pick<CallBackDto, "calls">): string | null {
  if (calls.length < 2) return null;
  return calls.length === 2 ? "rang twice" : `rang ${calls.length} times`;
}

/** "3 waiting, the longest for 2 h 10 min"; null where nobody waits. */
export function waitingText(waiting: number, longestSince: string | null, now: Date): string | null {
  if (waiting === 0 || longestSince === null) return null;
  const longest = span(now.getTime() - new Date(longestSince).getTime());
  return waiting === 1 ? `1 waiting for ${longest}` : `${waiting} waiting, the longest for ${longest}`;
}

/** Since when every call is taken by the message-taker: the clock's time, with the day once that is another one. */
export function answeringSince(since: string, now: Date): string {
  const when = dayKey(since) === dayKey(now) ? formatClock(since) : formatMoment(since, now);
  return `Taking messages only since ${when}`;
}

/** "+3", "−2" or "same", against the figure of a week before; null where there was nothing to compare with. */
export function changeText(present: number, before: number): string | null {
  if (before === 0) return null;
  if (present === before) return "same";
  return present > before ? `+${present - before}` : `−${before - present}`;
}
