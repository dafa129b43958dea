import type { LetterData, LetterName } from "@/lib/mail/letters";
import type { PersonalLetterData, PersonalLetterName } from "@/lib/mail/personal-letters";

const PACK = { name: "Starter", credits: 1_000, pricePence: 1_000 };
const SOON = "2026-11-26T14:05:00.000Z";

/** What each letter may be told. */
export const LETTER_SAMPLES: { readonly [Name in LetterName]: LetterData<Name> } = {
  "credits-low": { balance: 100, maximum: 1_000, remedy: "buy" },
  "credits-exhausted": { shortfall: 12, remedy: "buy" },
  "trial-cap-low": { spentPence: 452, capPence: 500 },
  "trial-cap-reached": { capPence: 500 },
  "credits-expiring": { remaining: 120, expiresAt: "2026-12-09T00:00:00.000Z" },
  "top-up-failed": { pack: PACK, why: "Your card has insufficient funds.", triesAgainAt: SOON },
  "top-up-paused": { pack: PACK, why: "Your bank does not accept this card any more.", remedy: "card" },
  "top-up-needs-authentication": {
    pack: PACK,
    url: "https://app.torqueflow.test/top-up/confirm?token=once",
    validUntil: SOON,
  },
  "top-up-limit-reached": { limitPence: 20_000, spentPence: 5_500, resumesAt: "2026-12-01T00:00:00.000Z" },
  "pack-withdrawn": { packName: "Starter" },
  "subscription-payment-failed": { amountPence: 24_000, nextAttemptAt: SOON },
  "dispute-opened": { about: "pack", name: "Starter", amountPence: 1_000 },
};

const TOKEN = "t0ken-of-a-link-that-is-used-once-and-then-never-again";
const CHANGE = { oldEmail: "sam@brightside.test", newEmail: "sam@reed.test" };

/** What each letter to one person may be told. */
export const PERSONAL_LETTER_SAMPLES: {
  readonly [Name in PersonalLetterName]: PersonalLetterData<Name>;
} = {
  "confirm-address": { token: TOKEN, expiresAt: SOON },
  "address-known": {},
  "password-reset": { token: TOKEN, expiresAt: SOON },
  "password-changed": { how: "reset", changedAt: SOON },
  "second-factor-changed": { how: "off-by-support", changedAt: SOON },
  "email-change-confirm": { ...CHANGE, side: "old", token: TOKEN, expiresAt: SOON },
  "email-changed": { ...CHANGE, changedAt: SOON },
  "owners-changed": {
    orgName: "Brightside Motors",
    person: { name: "Jo Reed", email: "jo@brightside.test" },
    by: { name: "Sam Ortiz", email: "sam@brightside.test" },
    how: "handed-over",
    changedAt: SOON,
  },
  invitation: {
    orgName: "Brightside Motors",
    invitedBy: "Sam Ortiz",
    role: "advisor",
    token: TOKEN,
    expiresAt: SOON,
  },
};

/** The words of a mail's HTML, as somebody reads them. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"');
