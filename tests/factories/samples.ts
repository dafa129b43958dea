import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "./vapi";

const FOLDER = path.resolve(import.meta.dirname, "../samples");

type Provider = "vapi" | "meta" | "twilio" | "stripe";

export type Signatures = {
  readonly vapi: {
    readonly hmacSecret: string;
    readonly timestamp: string;
    readonly files: Readonly<Record<string, string>>;
  };
  readonly meta: { readonly appSecret: string; readonly files: Readonly<Record<string, string>> };
  readonly twilio: {
    readonly authToken: string;
    readonly files: Readonly<Record<string, { readonly url: string; readonly signature: string }>>;
  };
};

/** The names of a provider's samples that fit, sorted. */
export const sampleNames = (provider: Provider, fits = /^/): string[] =>
  readdirSync(path.join(FOLDER, provider))
    .filter((name) => fits.test(name))
    .sort();

export const sampleBytes = (provider: Provider, name: string): Buffer =>
  readFileSync(path.join(FOLDER, provider, name));

export const sampleText = (provider: Provider, name: string): string =>
  sampleBytes(provider, name).toString("utf8");

export const sampleJson = (provider: Provider, name: string): Json => JSON.parse(sampleText(provider, name));

export const sampleSignatures = (): Signatures =>
  JSON.parse(readFileSync(path.join(FOLDER, "signatures.json"), "utf8"));

/** What the voice provider sends, without our answers. */
export const voiceDeliveries = (): string[] => sampleNames("vapi", /^(?!response-)/);

/** A voice sample about one of our lines and a call of our own. */
export function boundSample(name: string, bind: { callId: string; number: string }): Json {
  const { message } = sampleJson("vapi", name) as { message: Json & { call: Json; phoneNumber?: Json } };
  return {
    message: {
      ...message,
      call: { ...message.call, id: bind.callId },
      phoneNumber: { ...message.phoneNumber, number: bind.number },
    },
  };
}
