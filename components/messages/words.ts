import type { ConversationDto } from "@/lib/inbox/client";
import { formatPhone } from "@/lib/shared/format";

export const CHANNEL_NAME: Readonly<Record<ConversationDto["channel"], string>> = {
  whatsapp: "WhatsApp",
  sms: "SMS",
  diagnostics: "Diagnostics",
};

export const VIEW_NAME = {
  open: "Open",
  mine: "Mine",
  unassigned: "Unassigned",
  attention: "Needs attention",
  done: "Done",
  snoozed: "Snoozed",
} as const;

/** What a message without words was. */
const KIND: Readonly<Record<string, string>> = {
  image: "Picture",
  video: "Video",
  audio: "Voice note",
  document: "Document",
  sticker: "Sticker",
  location: "Location",
  contacts: "Contact",
  reaction: "Reaction",
};

/** A message in one line of a list. */
export const previewOf = ({ lastMessage, lastMessageType }: ConversationDto): string =>
  lastMessage || (lastMessageType === null ? "Nothing said yet" : (KIND[lastMessageType] ?? "No text"));

const ATTENTION: Readonly<Record<string, string>> = {
  "credit-exhaustion": "No credits: AI paused",
  "trial-cap": "Trial cap: AI paused",
  "no-automatic-answer": "Waiting for your team",
  "asked-for-a-person": "Asked to speak to a person",
  "ai-unsure": "The AI wasn’t sure how to answer",
  "ai-failed": "The AI couldn’t answer",
  "too-many-replies": "Too many automatic replies",
  "missed-call": "Missed WhatsApp call",
  "window-closed": "Arrived late, after the 24-hour window: no automatic reply was sent",
  "snooze-over": "Snooze over",
  "not-delivered": "A message wasn’t delivered",
};

/** Why a conversation wants a person, in one line. */
export const attentionText = (reason: string | null): string =>
  (reason === null ? undefined : ATTENTION[reason]) ?? "Needs a person";

/** What to do about it; no word of what stands under the message itself already. */
const NEXT_STEP: Readonly<Record<string, string>> = {
  "no-automatic-answer": "Waiting for your team: reply here, or ring the customer.",
  "asked-for-a-person": "Asked to speak to a person: reply here, or ring them.",
  "ai-unsure": "The AI wasn’t sure how to answer: reply here, or ring the customer.",
  "ai-failed": "The AI couldn’t answer: reply here, or ring the customer.",
  "too-many-replies": "Too many automatic replies: read what was said, then reply or mark it as done.",
  "missed-call": "Missed WhatsApp call: ring the customer back.",
  "window-closed": "Send a template, or ring the customer.",
  "snooze-over": "Snooze over: reply, or mark it as done.",
};

/** Why a conversation wants a person, and the next step: in the conversation itself. */
export function nextStepText(reason: string | null, canReply: boolean): string {
  // Under the message stands why it was not delivered.
  if (reason === "not-delivered")
    return canReply
      ? "Try again under the message that was not delivered, or ring the customer."
      : "Send a template, or ring the customer: your message was not delivered.";
  return (reason === null ? undefined : NEXT_STEP[reason]) ?? attentionText(reason);
}

const KEYS = "Enter sends, Shift+Enter starts a new line.";

type Answering = Pick<
  ConversationDto,
  "channel" | "holder" | "degraded" | "degradationReason" | "state" | "needsAttention" | "aiPausedUntil"
>;

/** Below what is written: who answers here, and what a reply of this member changes in it. */
export function replyHint({ channel, holder, degraded, ...now }: Answering, userId: string): string {
  if (channel === "diagnostics") return KEYS;
  if (holder !== null) return holder.id === userId ? "You hold this conversation. Enter sends." : KEYS;
  if (degraded)
    return now.degradationReason === "trial-cap"
      ? "The AI is paused: the trial’s cost cap is reached."
      : "The AI is paused: no credits.";
  // The AI does not answer what is done, or what it has handed over.
  return now.state === "done" || now.needsAttention || now.aiPausedUntil !== null
    ? "You hold this conversation once you reply."
    : "Replying takes this conversation over from the AI.";
}

const FAILURE: Readonly<Record<string, string>> = {
  "opted-out": "The customer has opted out of messages.",
  "window-closed": "WhatsApp’s 24-hour window had closed.",
  "line-gone": "This number is no longer connected to your garage.",
  "taken-over": "Someone took the conversation over first.",
};

/** Why a message did not arrive. The channels' own reasons are sentences already. */
export const failureText = (errorText: string | null): string =>
  errorText === null || errorText === "" ? "The channel gave no reason." : (FAILURE[errorText] ?? errorText);

/** A customer without a name is known by their number. */
export const customerName = (customer: string): string =>
  /^\+\d+$/.test(customer) ? formatPhone(customer) : customer;
