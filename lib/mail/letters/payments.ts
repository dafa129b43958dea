import { z } from "zod";
import { formatMoment, formatPence } from "@/lib/shared/format";
import { letter } from "./letter";

const pence = z.int().nonnegative();

/** An invoice of the subscription was not paid. `nextAttemptAt`: when Stripe charges again; null: it does not. */
export const subscriptionPaymentFailed = letter({
  data: z.object({ amountPence: pence, nextAttemptAt: z.iso.datetime().nullable() }),
  byChoice: false,
  aboutCredits: false,
  write: ({ amountPence, nextAttemptAt }, { orgName, billing, now }) => ({
    subject: `The subscription payment of ${orgName} failed`,
    preview: `${formatPence(amountPence)} could not be charged.`,
    heading: "Your subscription payment failed",
    tone: "bad",
    paragraphs: [
      `We could not charge ${formatPence(amountPence)} for ${orgName}’s Torqueflow subscription. Until it is paid, there are no new monthly credits, and none can be bought. The credits you have stay yours.`,
      nextAttemptAt === null
        ? "Please update your payment method and pay the open invoice."
        : `Please update your payment method. We’ll try again after ${formatMoment(nextAttemptAt, now)}.`,
    ],
    facts: [["Amount, with VAT", formatPence(amountPence)]],
    action: { label: "Update payment", href: billing("subscription") },
  }),
});

/** The cardholder's bank disputes a payment: for a pack, named as it was ordered, or for the subscription. */
export const disputeOpened = letter({
  data: z.object({
    about: z.enum(["pack", "subscription"]),
    name: z.string().min(1),
    amountPence: pence,
  }),
  byChoice: false,
  aboutCredits: false,
  write: ({ about, name, amountPence }, { orgName, billing }) => ({
    subject: `A payment of ${orgName} is disputed`,
    preview: `${formatPence(amountPence)} for ${name}.`,
    heading: "A payment is disputed",
    tone: "warn",
    paragraphs: [
      `The bank of the card that paid for ${name} has opened a dispute: somebody has told it that they do not recognise this payment of ${formatPence(amountPence)} to Torqueflow.`,
      about === "pack"
        ? "The credits stay while the bank decides. If it takes the money back, they are taken back, too."
        : "Your subscription and your credits stay as they are while the bank decides.",
      "If it is a mistake, ask your bank to withdraw the dispute. If you have a question about the payment, reply to this email.",
    ],
    facts: [
      ["Payment for", name],
      ["Amount", formatPence(amountPence)],
    ],
    action:
      about === "pack"
        ? { label: "See your purchases", href: billing("purchases") }
        : { label: "See your subscription", href: billing("subscription") },
  }),
});
