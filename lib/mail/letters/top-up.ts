import { z } from "zod";
import { formatCount, formatDay, formatMoment, formatPence } from "@/lib/shared/format";
import { type Content, letter, type Place } from "./letter";

const at = z.iso.datetime();
const sentence = z.string().min(1);

/** The pack that auto top-up buys; whole credits. */
const pack = z.object({
  name: z.string().min(1),
  credits: z.int().positive(),
  pricePence: z.int().positive(),
});

type Pack = z.output<typeof pack>;

const inWords = ({ name, credits }: Pack): string => `${name} (${formatCount(credits, "credit", "credits")})`;

const packFacts = (given: Pack): Content["facts"] => [
  ["Pack", inWords(given)],
  ["Price", formatPence(given.pricePence)],
];

const toTopUp = (label: string, place: Place): Content["action"] => ({
  label,
  href: place.billing("auto-top-up"),
});

/** A charge has failed for the first time. `why`: the same sentence that the page shows. */
export const topUpFailed = letter({
  data: z.object({ pack, why: sentence, triesAgainAt: at.nullable() }),
  byChoice: false,
  aboutCredits: true,
  write: ({ pack, why, triesAgainAt }, place) => ({
    subject: `Auto top-up of ${place.orgName} failed`,
    preview: why,
    heading: "Your last auto top-up failed",
    tone: "bad",
    paragraphs: [
      `${place.orgName}’s credits fell below your threshold, but the pack could not be bought. ${why}`,
      triesAgainAt === null
        ? "Please check your payment method."
        : `Please check your payment method. We’ll try again after ${formatMoment(triesAgainAt, place.now)}.`,
      "You have not been charged.",
    ],
    facts: packFacts(pack),
    action: { label: "Check your payment method", href: place.billing("subscription") },
  }),
});

/** How it goes on: another card, which resumes it by itself; saving it again, where the card is not at fault; the first card. */
const remedy = z.enum(["card", "save", "buy"]);

type Resumption = { readonly paragraphs: readonly string[]; readonly action: Content["action"] };

function resumption(by: z.output<typeof remedy>, place: Place): Resumption {
  switch (by) {
    case "card":
      return {
        paragraphs: [
          "You have not been charged.",
          "Add another card, and auto top-up goes on by itself. To use the same card again, save auto top-up again.",
        ],
        action: { label: "Add another card", href: place.billing("subscription") },
      };
    case "buy":
      return {
        paragraphs: ["Once a card is saved, auto top-up goes on by itself."],
        action: { label: "See credit packs", href: place.billing("credit-packs") },
      };
    case "save":
      return {
        paragraphs: ["To go on, save auto top-up again."],
        action: toTopUp("Resume auto top-up", place),
      };
  }
}

/** It stays off until an owner does something. `why`: the same sentence that the page shows. */
export const topUpPaused = letter({
  // A mail that was queued before remedies were told apart has none.
  data: z.object({ pack, why: sentence, remedy: remedy.optional() }),
  byChoice: false,
  aboutCredits: true,
  write: ({ pack, why, remedy = "save" }, place) => ({
    subject: `Auto top-up of ${place.orgName} is paused`,
    preview: why,
    heading: "Auto top-up is paused",
    tone: "bad",
    paragraphs: [`${why} Auto top-up charges nothing for now.`, ...resumption(remedy, place).paragraphs],
    facts: packFacts(pack),
    action: resumption(remedy, place).action,
  }),
});

/** The bank asks the cardholder to authenticate a payment. `url`: where they do; it asks for sign-in. */
export const topUpNeedsAuthentication = letter({
  data: z.object({ pack, url: z.url({ protocol: /^https?$/ }), validUntil: at }),
  byChoice: false,
  aboutCredits: true,
  write: ({ pack, url, validUntil }, place) => ({
    subject: `Your bank asks you to confirm an auto top-up of ${place.orgName}`,
    preview: `Confirm ${formatPence(pack.pricePence)} by ${formatMoment(validUntil, place.now)}.`,
    heading: "Your bank asks you to confirm this payment",
    tone: "warn",
    paragraphs: [
      `${place.orgName}’s credits fell below your threshold. Your bank wants you to confirm the payment yourself, so nothing has been charged.`,
      `Confirm it by ${formatMoment(validUntil, place.now)}. The credits are then added at once, and auto top-up goes on by itself.`,
    ],
    facts: packFacts(pack),
    action: { label: "Confirm the payment", href: url },
  }),
});

/** Another charge would go beyond the month’s limit. `resumesAt`: the first moment of the next month. */
export const topUpLimitReached = letter({
  data: z.object({ limitPence: z.int().positive(), spentPence: z.int().nonnegative(), resumesAt: at }),
  byChoice: true,
  aboutCredits: true,
  write: ({ limitPence, spentPence, resumesAt }, place) => ({
    subject: `Another auto top-up of ${place.orgName} would go beyond its monthly limit`,
    preview: `${formatPence(spentPence)} of ${formatPence(limitPence)} is spent this month.`,
    heading: "Another pack would go beyond your monthly limit",
    tone: "warn",
    paragraphs: [
      `${place.orgName}’s credits fell below your threshold, but another pack would go beyond the ${formatPence(limitPence)} that you allow in a month. Nothing more is charged until ${formatDay(resumesAt, place.now)}.`,
      "To go on before then, raise the limit or buy a pack yourself.",
    ],
    facts: [["Spent this month", `${formatPence(spentPence)} of ${formatPence(limitPence)}`]],
    action: toTopUp("Change the limit", place),
  }),
});

/** The pack that auto top-up buys is not sold any more. */
export const packWithdrawn = letter({
  data: z.object({ packName: z.string().min(1) }),
  byChoice: false,
  aboutCredits: true,
  write: ({ packName }, place) => ({
    subject: `Auto top-up of ${place.orgName} needs another pack`,
    preview: `${packName} is not sold any more.`,
    heading: "Choose another pack for auto top-up",
    tone: "warn",
    paragraphs: [
      `${place.orgName} buys ${packName} by auto top-up, and that pack is not sold any more. Nothing is charged until you have chosen another one.`,
    ],
    facts: [["Pack", packName]],
    action: toTopUp("Choose another pack", place),
  }),
});
