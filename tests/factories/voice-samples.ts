import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "./vapi";

const FOLDER = path.resolve(import.meta.dirname, "../../../shared/facts/payloads");

/** Recorded deliveries of the provider, where this machine has them. */
export const haveSamples = existsSync(FOLDER);

export const sampleNames = (): string[] =>
  haveSamples
    ? readdirSync(FOLDER).filter((file) => file.startsWith("vapi-") && !file.startsWith("vapi-response-"))
    : [];

export const sampleBytes = (name: string): Buffer => readFileSync(path.join(FOLDER, name));

export const sampleJson = (name: string): Json => JSON.parse(sampleBytes(name).toString("utf8"));

/** A sample about one of our lines and a call of our own. */
export function boundSample(name: string, bind: { callId: string; number: string }): Json {
  const { message } = sampleJson(name) as { message: Json & { call: Json; phoneNumber?: Json } };
  return {
    message: {
      ...message,
      call: { ...message.call, id: bind.callId },
      phoneNumber: { ...message.phoneNumber, number: bind.number },
    },
  };
}
