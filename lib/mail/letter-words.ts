import type { LetterName } from "./letters";

type Words = {
  /** What it tells, as Settings > Notifications lists it. */
  readonly title: string;
  /** When it is sent, of a letter that members choose. */
  readonly hint?: string;
};

/** Letters of one title stand in one line. */
export const LETTER_WORDS: Readonly<Record<LetterName, Words>> = {
  "credits-low": { title: "90% of your credits, or of a trial’s cost cap, is used" },
  "trial-cap-low": { title: "90% of your credits, or of a trial’s cost cap, is used" },
  "credits-exhausted": { title: "No credits remain, or a trial reaches its cost cap" },
  "trial-cap-reached": { title: "No credits remain, or a trial reaches its cost cap" },
  "credits-expiring": {
    title: "Gifted credits are about to expire",
    hint: "14 and 3 days before, where at least 10 are left.",
  },
  "top-up-failed": { title: "Auto top-up fails or is paused, or your bank asks you to confirm it" },
  "top-up-paused": { title: "Auto top-up fails or is paused, or your bank asks you to confirm it" },
  "top-up-needs-authentication": {
    title: "Auto top-up fails or is paused, or your bank asks you to confirm it",
  },
  "top-up-limit-reached": {
    title: "Auto top-up reaches its monthly limit",
    hint: "When another pack would go beyond what you allow in a month.",
  },
  "pack-withdrawn": { title: "The pack that auto top-up buys is not sold any more" },
  "subscription-payment-failed": { title: "A payment for your subscription fails" },
  "dispute-opened": { title: "A payment is disputed with your bank" },
};
