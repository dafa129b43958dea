import { z } from "zod";
import { formatMoment } from "@/lib/shared/format";
import { personalLetter } from "./personal-letter";

const token = z.string().min(40);
const moment = z.iso.datetime();
const address = z.string().min(1);

const HAS_ACCOUNT = "You have an account on Torqueflow.";
const NOT_YOU = "If this wasn’t you, there is nothing to do: without this link nothing happens.";

/**
 * Somebody asked for a trial with an address that has no account. Nothing of what they typed stands in it: nobody has
 * confirmed that they are the reader, who would get any stranger's words from us.
 */
export const confirmAddress = personalLetter({
  data: z.object({ token, expiresAt: moment }),
  write: ({ token: given, expiresAt }, { now, page }) => ({
    subject: "Confirm your email address",
    preview: "Your free trial starts with one click.",
    heading: "Confirm your email address",
    tone: "neutral",
    paragraphs: [
      "Somebody, probably you, asked for a free trial of Torqueflow with this address. Confirm that it is yours, and the trial starts.",
      `The link can be used once, until ${formatMoment(expiresAt, now)}. ${NOT_YOU}`,
    ],
    facts: [],
    action: { label: "Start your trial", href: page(`/confirm#${given}`) },
    because: "Somebody asked for a trial of Torqueflow with this address.",
  }),
});

/** Somebody asked for a trial with an address that has an account. */
export const addressKnown = personalLetter({
  data: z.object({}),
  write: (_data, { page }) => ({
    subject: "You already have an account",
    preview: "Sign in, or choose a new password.",
    heading: "You already have an account",
    tone: "neutral",
    paragraphs: [
      "Somebody, probably you, asked for a free trial of Torqueflow with this address. It has an account already, so nothing was changed: sign in with your password.",
      "If you don’t remember your password, choose a new one. If this wasn’t you, there is nothing to do.",
    ],
    facts: [],
    action: { label: "Sign in", href: page("/sign-in") },
    second: { label: "Choose a new password", href: page("/forgot-password") },
    because: HAS_ACCOUNT,
  }),
});

/** Somebody said that they have forgotten the password. */
export const passwordReset = personalLetter({
  data: z.object({ token, expiresAt: moment }),
  write: ({ token: given, expiresAt }, { now, page }) => ({
    subject: "Choose a new password",
    preview: "The link can be used once, within an hour.",
    heading: "Choose a new password",
    tone: "neutral",
    paragraphs: [
      "Somebody, probably you, asked for a new password for your Torqueflow account.",
      `The link can be used once, until ${formatMoment(expiresAt, now)}. If this wasn’t you, there is nothing to do: your password stays as it is.`,
    ],
    facts: [],
    action: { label: "Choose a new password", href: page(`/reset-password#${given}`) },
    because: HAS_ACCOUNT,
  }),
});

/** The password is another now: by a mailed link, or by whoever was signed in and knew the old one. */
export const passwordChanged = personalLetter({
  data: z.object({ how: z.enum(["reset", "account"]), changedAt: moment }),
  write: ({ how, changedAt }, { now, page }) => ({
    subject: "Your password was changed",
    preview: "If this wasn’t you, choose a new password now.",
    heading: "Your password was changed",
    tone: "warn",
    paragraphs: [
      how === "reset"
        ? "The password of your Torqueflow account was changed by a link that was sent to this address. Everybody else who was signed in with it is signed out."
        : "The password of your Torqueflow account was changed. Everybody else who was signed in with it is signed out.",
      "If this wasn’t you, somebody else can get into your account. Choose a new password now, and reply to this email.",
    ],
    facts: [["Changed", formatMoment(changedAt, now)]],
    action: { label: "This wasn’t me", href: page("/forgot-password") },
    because: HAS_ACCOUNT,
  }),
});

const FACTOR_WORDS = {
  on: {
    subject: "Two-step verification is on",
    text: "Signing in to your Torqueflow account asks for a code of your app from now on. Everybody else who was signed in with it is signed out. Keep your recovery codes where you find them without your phone.",
  },
  off: {
    subject: "Two-step verification is off",
    text: "Signing in to your Torqueflow account asks for your password alone from now on.",
  },
  "codes-renewed": {
    subject: "You have new recovery codes",
    text: "Ten new recovery codes were made for your Torqueflow account. The earlier ones work no longer.",
  },
  "off-by-support": {
    subject: "Two-step verification is off",
    text: "Torqueflow support has switched off two-step verification of your account, as you asked for. Set it up again once you have your phone back.",
  },
} as const;

/** Sign-in asks for a code from now on, or no longer; or there are other recovery codes. */
export const secondFactorChanged = personalLetter({
  data: z.object({ how: z.enum(["on", "off", "off-by-support", "codes-renewed"]), changedAt: moment }),
  write: ({ how, changedAt }, { now, page }) => ({
    subject: FACTOR_WORDS[how].subject,
    preview: "If this wasn’t you, choose a new password now.",
    heading: FACTOR_WORDS[how].subject,
    tone: how === "on" ? "neutral" : "warn",
    paragraphs: [
      FACTOR_WORDS[how].text,
      "If this wasn’t you, somebody else can get into your account. Choose a new password now, and reply to this email.",
    ],
    facts: [["Changed", formatMoment(changedAt, now)]],
    action: { label: "My account", href: page("/settings/account") },
    second: { label: "This wasn’t me", href: page("/forgot-password") },
    because: HAS_ACCOUNT,
  }),
});

/** Another address was asked for: to the old one and to the new one, and both have to agree. */
export const emailChangeConfirm = personalLetter({
  data: z.object({
    side: z.enum(["old", "new"]),
    oldEmail: address,
    newEmail: address,
    token,
    expiresAt: moment,
  }),
  write: ({ side, oldEmail, newEmail, token: given, expiresAt }, { now, page }) => ({
    subject: side === "old" ? "Confirm that your address changes" : "Confirm your new address",
    preview: `From ${oldEmail} to ${newEmail}.`,
    heading: side === "old" ? "Confirm that your address changes" : "Confirm your new address",
    tone: side === "old" ? "warn" : "neutral",
    paragraphs: [
      `Somebody, probably you, asked that the Torqueflow account of ${oldEmail} uses ${newEmail} from now on.`,
      `It changes when both addresses have confirmed it: we have written to the ${side === "old" ? "new" : "present"} one, too. The link can be used once, until ${formatMoment(expiresAt, now)}.`,
      side === "old"
        ? "If this wasn’t you, don’t follow the link: somebody is signed in to your account. Change your password."
        : "If this wasn’t you, there is nothing to do: without this link nothing changes.",
    ],
    facts: [
      ["From", oldEmail],
      ["To", newEmail],
    ],
    action: { label: "Confirm the change", href: page(`/confirm-email#${given}`) },
    because: side === "old" ? HAS_ACCOUNT : "Somebody asked to use this address for a Torqueflow account.",
  }),
});

/** The address is another now: to both. */
export const emailChanged = personalLetter({
  data: z.object({ oldEmail: address, newEmail: address, changedAt: moment }),
  write: ({ oldEmail, newEmail, changedAt }, { now, page }) => ({
    subject: "Your email address was changed",
    preview: `You sign in as ${newEmail} from now on.`,
    heading: "Your email address was changed",
    tone: "warn",
    paragraphs: [
      `You sign in to Torqueflow as ${newEmail} from now on, and your emails go there.`,
      "If this wasn’t you, reply to this email.",
    ],
    facts: [
      ["From", oldEmail],
      ["To", newEmail],
      ["Changed", formatMoment(changedAt, now)],
    ],
    action: { label: "Sign in", href: page("/sign-in") },
    because: `${oldEmail} was the address of a Torqueflow account, which is now ${newEmail}.`,
  }),
});
