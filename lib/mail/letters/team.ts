import { z } from "zod";
import { formatMoment } from "@/lib/shared/format";
import { visibleName, withoutLinks } from "@/lib/shared/visible-text";
import { personalLetter } from "./personal-letter";

const moment = z.iso.datetime();
/** What somebody typed, fit for one line to strangers: no web address of theirs becomes a link in our letter. */
const name = z.string().transform((typed) => visibleName(withoutLinks(typed)) ?? "–");

const DOES: Record<"owner" | "manager" | "advisor" | "technician", string> = {
  owner: "an owner",
  manager: "a manager",
  advisor: "an advisor",
  technician: "a technician",
};

/** Somebody of a garage wants the reader in its team. */
export const invitation = personalLetter({
  data: z.object({
    orgName: name,
    invitedBy: name,
    role: z.enum(["owner", "manager", "advisor", "technician"]),
    token: z.string().min(40),
    expiresAt: moment,
  }),
  write: ({ orgName, invitedBy, role, token: given, expiresAt }, { now, page }) => ({
    subject: `${invitedBy} invites you to ${orgName}`,
    preview: `Join ${orgName} on Torqueflow as ${DOES[role]}.`,
    heading: `Join ${orgName} on Torqueflow`,
    tone: "neutral",
    paragraphs: [
      `${invitedBy} invites you to work with ${orgName} on Torqueflow as ${DOES[role]}.`,
      `The link can be used once, until ${formatMoment(expiresAt, now)}. If you don’t know ${orgName}, there is nothing to do.`,
    ],
    facts: [
      ["Garage", orgName],
      ["Invited by", invitedBy],
    ],
    action: { label: "Accept the invitation", href: page(`/invitation#${given}`) },
    because: `${invitedBy} of ${orgName} gave us this address.`,
  }),
});

/** A name says little: anybody may call themselves what a colleague, or nobody, is called. The address says who it is. */
const someone = z
  .object({ name: z.string(), email: z.string().min(1) })
  .transform(({ name: typed, email }) => ({
    name: visibleName(withoutLinks(typed)) ?? email,
    email,
  }));

type OwnerWords = { readonly subject: string; readonly text: string };

const OWNER_WORDS = {
  made: ({ person, by, orgName }) => ({
    subject: `${person} is an owner of ${orgName} now`,
    text: `${by} made ${person} an owner of ${orgName}.`,
  }),
  ended: ({ person, by, orgName }) => ({
    subject: `${person} is no owner of ${orgName} any more`,
    text: `${by} has taken ${person} out of the owners of ${orgName}.`,
  }),
  "stepped-down": ({ person, orgName }) => ({
    subject: `${person} is no owner of ${orgName} any more`,
    text: `${person} has given up being an owner of ${orgName}, and still belongs to its team.`,
  }),
  removed: ({ person, by, orgName }) => ({
    subject: `${person} was removed from ${orgName}`,
    text: `${by} removed ${person}, who was an owner, from ${orgName}.`,
  }),
  left: ({ person, orgName }) => ({
    subject: `${person} has left ${orgName}`,
    text: `${person}, who was an owner, has left ${orgName}.`,
  }),
  "handed-over": ({ person, by, orgName }) => ({
    subject: `${orgName} was handed over to ${person}`,
    text: `${by} handed ${orgName} over to ${person}, and is a manager from now on.`,
  }),
} satisfies Record<string, (names: Record<"person" | "by" | "orgName", string>) => OwnerWords>;

/** Somebody became an owner of a garage, or is one no longer: to its owners, and to whom it concerns. */
export const ownersChanged = personalLetter({
  data: z.object({
    orgName: name,
    person: someone,
    by: someone,
    how: z.enum(["made", "ended", "stepped-down", "removed", "left", "handed-over"]),
    changedAt: moment,
  }),
  write: ({ how, changedAt, orgName, person, by }, { now, page }) => {
    const { subject, text } = OWNER_WORDS[how]({ orgName, person: person.name, by: by.name });
    return {
      subject,
      preview: "If this was not agreed, reply to this email.",
      heading: subject,
      tone: "warn",
      paragraphs: [
        `${text} Owners may change everything of a garage: its team, its plan and its payments.`,
        "If this was not agreed among you, somebody else may be signed in to one of your accounts. Choose a new password, and reply to this email.",
      ],
      facts: [
        ["Garage", orgName],
        ["Account", person.email],
        ["Done by", by.email],
        ["Changed", formatMoment(changedAt, now)],
      ],
      action: { label: "Your team", href: page("/settings/team") },
      second: { label: "Choose a new password", href: page("/forgot-password") },
      because: `You are, or were, an owner of ${orgName} on Torqueflow.`,
    };
  },
});
