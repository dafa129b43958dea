/** What became of an attempt to ring somebody back. */
export const ATTEMPT_OUTCOMES = ["no-answer", "voicemail", "spoke", "wrong-number"] as const;

export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** Whether the call-back is done with it. */
export const closesCallBack = (outcome: AttemptOutcome): boolean => outcome === "spoke";
