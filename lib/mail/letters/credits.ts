import { z } from "zod";
import { formatCount, formatDay, formatNumber, formatPence } from "@/lib/shared/format";
import { type Content, letter, type Place } from "./letter";

const wholeCredits = z.int().nonnegative();
const pence = z.int().nonnegative();

/**
 * What gets an organisation more credits: buying them, auto top-up, which is on and does so, or cannot at the moment; paying an
 * open invoice, or subscribing again.
 */
const remedy = z.enum(["buy", "top-up", "top-up-stopped", "pay", "subscribe"]);

type Remedy = z.output<typeof remedy>;

const creditsOf = (count: number): string => formatCount(count, "credit", "credits");

const WITHOUT_CREDITS =
  "the AI only takes messages on calls and sends a short reply to WhatsApp and SMS. Every conversation comes to your inbox, so no customer is lost.";

/** Each remedy as a sentence, and as the button that leads to it. */
function wayOut(
  given: Remedy,
  has: "few" | "none",
  place: Place,
): { text: string; action: Content["action"] } {
  switch (given) {
    case "buy":
      return {
        text:
          has === "few"
            ? "Buy a credit pack to stay in full service. Turn on auto top-up, and this takes care of itself."
            : "Buy a credit pack, and the next call and the next message are answered in full. With auto top-up, this never happens again.",
        action: { label: "Buy credits", href: place.billing("credit-packs") },
      };
    case "top-up":
      return {
        text: "Auto top-up is on: it buys the pack you chose by itself as soon as the balance is below your threshold.",
        action: { label: "See auto top-up", href: place.billing("auto-top-up") },
      };
    case "top-up-stopped":
      return {
        text: "Auto top-up is on, but cannot buy a pack at the moment. Buy one yourself, and see what stopped it.",
        action: { label: "Buy credits", href: place.billing("credit-packs") },
      };
    case "pay":
      return {
        text: "Your last subscription payment has not gone through. Your next credits come once it has.",
        action: { label: "Update payment", href: place.billing("subscription") },
      };
    case "subscribe":
      return {
        text: "Your subscription has ended. Credits come again when you subscribe.",
        action: { label: "Choose your plan", href: place.billing("subscription") },
      };
  }
}

/** 90% of the credits are used. Whole credits; `maximum`: the full mark of the gauge. */
export const creditsLow = letter({
  data: z.object({ balance: wholeCredits, maximum: wholeCredits, remedy }),
  byChoice: false,
  aboutCredits: true,
  write: ({ balance, maximum, remedy }, place) => {
    const way = wayOut(remedy, "few", place);
    return {
      subject: `${place.orgName} has used 90% of its AI credits`,
      preview: `${creditsOf(balance)} left.`,
      heading: "Credits very low",
      tone: "warn",
      paragraphs: [
        `${place.orgName} has used 90% of its AI credits. When they run out, ${WITHOUT_CREDITS}`,
        way.text,
      ],
      facts: [["Credits left", `${formatNumber(balance)} of ${formatNumber(maximum)}`]],
      action: way.action,
    };
  },
});

/** All credits are used. `shortfall`: whole credits used beyond the balance by what was already running. */
export const creditsExhausted = letter({
  data: z.object({ shortfall: wholeCredits, remedy }),
  byChoice: false,
  aboutCredits: true,
  write: ({ shortfall, remedy }, place) => {
    const way = wayOut(remedy, "none", place);
    const owed = `${formatCount(shortfall, "credit was", "credits were")} used beyond your balance by what was already under way. Your next credits settle that first.`;
    return {
      subject: `${place.orgName} has no AI credits remaining`,
      preview: "The AI takes messages until there are credits again.",
      heading: "No credits remaining",
      tone: "bad",
      paragraphs: [
        `${place.orgName} has used all its AI credits. Until there are more, ${WITHOUT_CREDITS}`,
        ...(shortfall > 0 ? [owed] : []),
        way.text,
      ],
      facts: [],
      action: way.action,
    };
  },
});

const trial = z.object({ spentPence: pence, capPence: pence });

const upgrade = (place: Place) => ({ label: "Choose your plan", href: place.billing("subscription") });

/** 90% of a trial’s cost cap is spent. */
export const trialCapLow = letter({
  data: trial,
  byChoice: false,
  aboutCredits: true,
  write: ({ spentPence, capPence }, place) => ({
    subject: `${place.orgName} has used 90% of its trial’s cost cap`,
    preview: `${formatPence(spentPence)} of ${formatPence(capPence)} is used.`,
    heading: "Your trial’s cost cap is nearly reached",
    tone: "warn",
    paragraphs: [
      `${place.orgName}’s trial includes AI for up to ${formatPence(capPence)}. Once that is spent, ${WITHOUT_CREDITS}`,
      "Upgrade to a paid plan, and the cap is lifted at once. It is the cap that counts during a trial, not the credits.",
    ],
    facts: [["Used of the cap", `${formatPence(spentPence)} of ${formatPence(capPence)}`]],
    action: upgrade(place),
  }),
});

/** A trial’s cost cap is reached. */
export const trialCapReached = letter({
  data: trial.pick({ capPence: true }),
  byChoice: false,
  aboutCredits: true,
  write: ({ capPence }, place) => ({
    subject: `${place.orgName} has reached its trial’s cost cap`,
    preview: "The AI takes messages until you upgrade.",
    heading: "Your trial has reached its cost cap",
    tone: "bad",
    paragraphs: [
      `${place.orgName}’s trial included AI for up to ${formatPence(capPence)}, and that is spent, whatever credits are left. For now, ${WITHOUT_CREDITS}`,
      "Upgrade to a paid plan, and the cap is lifted at once. The next call and the next message are answered in full.",
    ],
    facts: [],
    action: upgrade(place),
  }),
});

/** Gifted credits expire soon. Whole credits; when they expire, as an ISO instant. */
export const creditsExpiring = letter({
  data: z.object({ remaining: wholeCredits, expiresAt: z.iso.datetime() }),
  byChoice: true,
  aboutCredits: true,
  write: ({ remaining, expiresAt }, place) => {
    // What expires at midnight is last usable on the day before.
    const day = formatDay(new Date(Date.parse(expiresAt) - 1), place.now);
    return {
      subject: `${creditsOf(remaining)} of ${place.orgName} can be used until ${day}`,
      preview: "Gifted credits expire; purchased ones do not.",
      heading: "Gifted credits are about to expire",
      tone: "neutral",
      paragraphs: [
        `${place.orgName} was given AI credits that it has not used yet. After ${day}, what is left of them is gone.`,
        "There is nothing you need to do: calls, messages and questions use them before any credits that you have bought.",
      ],
      facts: [
        ["Gifted credits left", formatNumber(remaining)],
        ["Last day", day],
      ],
      action: { label: "See your credits", href: place.billing("credit-balance") },
    };
  },
});
