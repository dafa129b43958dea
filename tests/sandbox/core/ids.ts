import { createHash, randomBytes, randomUUID } from "node:crypto";

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

/** Ids in the providers' own forms. Random, because the application keeps what it saw across restarts of the sandbox. */
export const newId = {
  uuid: (): string => randomUUID(),
  /** Meta: `wamid.` and base64 that holds the other party's number (seen in Meta's samples). */
  wamid: (user: string): string =>
    `wamid.${Buffer.from(`\x1c\x18\x0c${user}\x15\x02\x00\x11\x18\x12${hex(9).toUpperCase()}\x00`).toString("base64")}`,
  fbtrace: (): string => `A${randomBytes(16).toString("base64url")}`,
  /** Meta: digits. */
  media: (): string =>
    `9${BigInt(`0x${hex(6)}`)
      .toString()
      .padStart(15, "0")}`,
  /** Twilio: two letters and 32 hexadecimal digits. */
  sid: (prefix: "SM" | "MM" | "ME" | "CA"): string => `${prefix}${hex(16)}`,
  toolCall: (): string => `call_${hex(12)}`,
  completion: (): string => `chatcmpl-${hex(12)}`,
};

/** A business-scoped user id of WhatsApp's: country, dot, digits; always the same for a number. */
export function bsuidOf(number: string): string {
  const digest = createHash("sha256").update(number).digest("hex");
  return `GB.${BigInt(`0x${digest.slice(0, 16)}`)
    .toString()
    .padStart(20, "1")}`;
}
