export type LineChannel = "voice" | "whatsapp" | "sms";

/** What names a line: the number itself for voice and SMS (E.164), Meta's phone_number_id for WhatsApp. */
export type LineKey = { readonly channel: LineChannel; readonly identity: string };

/** A line that support has assigned to a garage. */
export type OwnedLine = LineKey & {
  readonly orgId: string;
  /** As people read it, E.164; null for WhatsApp before anybody has said it. */
  readonly number: string | null;
  /** The provider's own id beside the number: Vapi's, or Twilio's Messaging Service. */
  readonly providerId: string | null;
  /** WhatsApp: the business account; null until support or Meta has named it. */
  readonly accountId: string | null;
  readonly assignedAt: Date;
  /** Null: assigned only, so that it serves nobody. */
  readonly connectedAt: Date | null;
  /** The last signed delivery for it, to the minute. */
  readonly reachedAt: Date | null;
};
