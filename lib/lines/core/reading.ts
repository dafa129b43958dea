/** Where a provider sends what comes to a line. `host` is whose it is, where it is not ours. */
export type Pointing = {
  readonly at: "ours" | "elsewhere" | "nowhere" | "unknown";
  readonly host: string | null;
};

/** The provider's account that we use does not have the number. */
type NotThere = { readonly exists: false };

type There = {
  readonly exists: true;
  /** As the provider writes it; null where it does not say. */
  readonly number: string | null;
  readonly name: string | null;
  readonly pointing: Pointing;
};

/** Statuses are the provider's own words, as they came: new ones appear without notice. */
export type VoiceReading = There & {
  readonly channel: "voice";
  readonly status: string | null;
  /** Another assistant is attached: the provider then never asks us. */
  readonly assistant: boolean;
};

export type WhatsAppReading = There & {
  readonly channel: "whatsapp";
  readonly status: string | null;
  readonly nameStatus: string | null;
  readonly quality: string | null;
  readonly limit: string | null;
  readonly verification: string | null;
  /** Whether the business account delivers to us; null where it is not known which account that is. */
  readonly subscribed: boolean | null;
};

export type SmsReading = There & { readonly channel: "sms"; readonly capable: boolean };

/** A line as its provider tells it. */
export type LineReading = NotThere | VoiceReading | WhatsAppReading | SmsReading;

/** What came of asking a provider: `refused`: it does not accept our access; `silent`: no answer, or none that can be read. */
export type LineAnswer =
  | {
      readonly kind: "read";
      readonly reading: LineReading;
      /** What the provider calls the number, where its API has an id of its own for it. */
      readonly providerId?: string;
    }
  | { readonly kind: "refused" }
  | { readonly kind: "silent" };
