import type { ConsentWord } from "./consent-words";
import type { TemplateSend } from "./template";

/** The normal form of what WhatsApp and SMS bring us: one shape for the inbox, whatever the provider's. */

/** Channels on which customers write to us through a provider. */
export type MessageChannel = "whatsapp" | "sms";

/** Conversations also hold mechanics' questions that the AI could not be asked; those never leave the application. */
export type ConversationChannel = MessageChannel | "diagnostics";

export const CONVERSATION_CHANNELS = [
  "whatsapp",
  "sms",
  "diagnostics",
] as const satisfies readonly ConversationChannel[];

export type MessageSender = {
  /** The channel's name for them: WhatsApp's business-scoped user id, else wa_id; an SMS sender as E.164, else as given. */
  readonly externalId: string;
  readonly waId?: string;
  /** WhatsApp's business-scoped user id: the only name of somebody with a username and no number. */
  readonly bsuid?: string;
  /** What they were called until now, where they are given another number or user id. */
  readonly formerly?: string;
  /** E.164, where there is one. */
  readonly phone?: string;
  readonly name?: string;
  readonly username?: string;
  /** False for short codes and alphanumeric senders: nobody is there to read an answer. */
  readonly canBeAnswered: boolean;
};

export type MessageType =
  | "text"
  | "template"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "sticker"
  | "location"
  | "contacts"
  | "interactive"
  | "button"
  | "reaction"
  | "order"
  | "edit"
  | "revoke"
  | "system"
  | "unsupported"
  | "echo"
  | "call";

/** JSON that a column can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type InboundMessage = {
  readonly channel: MessageChannel;
  /** The garage's identity it was sent to: the SMS number (E.164) or WhatsApp's phone_number_id. */
  readonly identity: string;
  /** The provider's id, unique in its channel: the message is stored once under it. */
  readonly providerId: string;
  readonly sender: MessageSender;
  readonly type: MessageType;
  /** What a person reads: the text, the caption, or a short description. */
  readonly body: string;
  /** Structured parts: media references, coordinates, a referral. */
  readonly parts?: Json;
  /** The provider's id of the message that it answers, reacts to, edits or revokes. */
  readonly refersTo?: string;
  /** The provider's own time, never later than its receipt. */
  readonly at: Date;
  /** Whether the sender expects an answer; not for reactions, edits and empty texts. */
  readonly wantsAnswer: boolean;
  /** It was written in a group: shown, and never answered in private. */
  readonly inGroup?: boolean;
  /** What it says of consent: one of the words, or the provider's own verdict. */
  readonly consent?: ConsentWord;
};

/** What the garage typed on its own phone, in a customer's conversation. */
export type PhoneMessage = Pick<
  InboundMessage,
  "channel" | "identity" | "providerId" | "body" | "parts" | "refersTo" | "at"
> & {
  /** An `edit` or `revoke` is about an earlier one of these. */
  readonly type: "echo" | "edit" | "revoke";
  readonly customer: MessageSender;
};

/** A call of a customer's over a messaging channel: told when it rings and when it ends, in any order. */
export type CustomerCall = Pick<InboundMessage, "channel" | "identity" | "sender" | "at"> & {
  /** The provider's id of the call. */
  readonly providerId: string;
  /** Null while it rings. `seconds`: how long they spoke; null where nobody picked up. */
  readonly end: { readonly seconds: number | null } | null;
};

export type OutboundStatus = "sent" | "delivered" | "read" | "failed";

/** What else follows from a message that could not be delivered. */
export type FailureNext =
  | "tell-staff"
  | "close-window"
  | "opted-out"
  | "alert-operator"
  /** The template is another one than we know. */
  | "read-templates";

/** Why a message of ours was not delivered. `code` is the provider's own, `reason` what staff read. */
export type Failure = { readonly code?: number; readonly reason?: string; readonly next: FailureNext };

/** What a provider says became of a message of ours. */
export type StatusUpdate = {
  readonly channel: MessageChannel;
  /** The provider's id of our message. */
  readonly providerId: string;
  /** Our own id, where the provider hands it back: a status can overtake the answer to the send. */
  readonly messageId?: string;
  readonly at: Date;
} & (
  | { readonly status: Exclude<OutboundStatus, "failed"> }
  | { readonly status: "failed"; readonly failure: Failure }
);

/** What a channel needs to send a message of ours. */
export type OutboundMessage = {
  readonly orgId: string;
  readonly messageId: string;
  readonly channel: MessageChannel;
  readonly identity: string;
  readonly to: {
    readonly externalId: string;
    readonly waId?: string;
    readonly bsuid?: string;
    readonly phone?: string;
  };
  /** What the customer reads; of a template it is what staff read, and what is sent is the template. */
  readonly body: string;
  readonly template?: TemplateSend;
  /** The file that it carries; then `body` is no more than a description of it. */
  readonly file?: SentFile;
};

/** A file that WhatsApp has been given. */
export type SentFile = {
  readonly kind: "image" | "document";
  /** Meta's id of it. */
  readonly ref: string;
  readonly fileName: string;
  readonly caption: string | null;
};

/** A message of ours without a final status. `providerId` is null where its process died in mid-send. */
export type UnfinishedMessage = {
  readonly orgId: string;
  readonly messageId: string;
  readonly identity: string;
  readonly providerId: string | null;
  readonly to: string;
  readonly body: string;
  readonly at: Date;
};

/** What became of a send, and so what is done next. `code` is the provider's own. */
export type SendOutcome =
  | { readonly kind: "sent"; readonly providerId: string; readonly segments?: number }
  /** Try again, no sooner than `afterMs`. */
  | { readonly kind: "retry"; readonly code?: number; readonly afterMs: number; readonly reason: string }
  /** Final. */
  | ({ readonly kind: "failed" } & Failure);
