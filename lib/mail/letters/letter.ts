import type { z } from "zod";

/** The cards of Settings > Billing to which a letter leads, by their ids on the page. */
export type BillingCard = "subscription" | "credit-balance" | "credit-packs" | "auto-top-up" | "purchases";

/** What a letter is written with, beside its own data. */
export type Place = {
  /** The garage's name, fit for one line. */
  readonly orgName: string;
  readonly now: Date;
  /** The address of a card on the billing page. */
  readonly billing: (card: BillingCard) => string;
  /** The address of the page on which letters by choice are switched off. */
  readonly notifications: string;
};

/** What a button says, and where it leads. */
type Action = { readonly label: string; readonly href: string };

/** A letter in words. HTML and plain text are made of the same ones, so that neither says more than the other. */
export type Content = {
  readonly subject: string;
  /** What an inbox shows beside the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly tone: "neutral" | "warn" | "bad";
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly action: Action;
  /** Another way, for whom the first is not the right one. */
  readonly second?: Action;
  /** Why the reader has this letter. */
  readonly because: string;
  /** Where the reader switches letters like this off; none for what is always sent. */
  readonly switchOff?: string;
};

type Definition<Data extends z.ZodType> = {
  readonly data: Data;
  /** Members may do without it; the others are sent to every owner. */
  readonly byChoice: boolean;
  /** Not sent to organisations that are frozen or a demonstration. */
  readonly aboutCredits: boolean;
  readonly write: (data: z.output<Data>, place: Place) => Omit<Content, "because" | "switchOff">;
};

/** A letter: what it must be told, who gets it, and its words. */
export function letter<Data extends z.ZodType>(definition: Definition<Data>) {
  return {
    ...definition,
    /** Writes the letter from what was stored for it. Throws where that is not the letter's. */
    compose: (stored: unknown, place: Place): Content => ({
      ...definition.write(definition.data.parse(stored), place),
      because: `You are an owner of ${place.orgName} on Torqueflow.`,
      ...(definition.byChoice ? { switchOff: place.notifications } : {}),
    }),
  };
}
