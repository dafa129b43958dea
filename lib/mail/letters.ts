import type { z } from "zod";
import {
  creditsExhausted,
  creditsExpiring,
  creditsLow,
  trialCapLow,
  trialCapReached,
} from "./letters/credits";
import { disputeOpened, subscriptionPaymentFailed } from "./letters/payments";
import {
  packWithdrawn,
  topUpFailed,
  topUpLimitReached,
  topUpNeedsAuthentication,
  topUpPaused,
} from "./letters/top-up";

/** Every letter there is, by the name under which it is queued. A name stays: letters that wait are stored under it. */
export const LETTERS = {
  "credits-low": creditsLow,
  "credits-exhausted": creditsExhausted,
  "trial-cap-low": trialCapLow,
  "trial-cap-reached": trialCapReached,
  "credits-expiring": creditsExpiring,
  "top-up-failed": topUpFailed,
  "top-up-paused": topUpPaused,
  "top-up-needs-authentication": topUpNeedsAuthentication,
  "top-up-limit-reached": topUpLimitReached,
  "pack-withdrawn": packWithdrawn,
  "subscription-payment-failed": subscriptionPaymentFailed,
  "dispute-opened": disputeOpened,
};

export type LetterName = keyof typeof LETTERS;

/** What a letter must be told. */
export type LetterData<Name extends LetterName> = z.input<(typeof LETTERS)[Name]["data"]>;

/** Undefined for a name that no letter has any more. */
export const findLetter = (name: string): (typeof LETTERS)[LetterName] | undefined =>
  Object.hasOwn(LETTERS, name) ? LETTERS[name as LetterName] : undefined;
