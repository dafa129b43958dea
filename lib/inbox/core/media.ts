import { SENDABLE } from "./sendable";

/** Files in messages: pictures, voice notes, video, documents and stickers, from customers and to them. */

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

/** Where a file stands. Providers keep one for seven days; then it is `expired` unless it was stored. */
export type MediaState = "waiting" | "stored" | "expired" | "failed" | "removed";

/** Why a file has failed, or is still waited for. */
export type MediaProblem = "too-large" | "damaged" | "unreachable" | "address";

const MIB = 1024 * 1024;

/** The most that WhatsApp takes or hands over. Source: Meta, "Media", supported media types */
const MOST_BYTES: Readonly<Record<MediaKind, number>> = {
  image: SENDABLE.pictureBytes,
  video: 16 * MIB,
  audio: 16 * MIB,
  document: SENDABLE.documentBytes,
  sticker: MIB,
};

/** The most that a file of this kind may have, in bytes; `maxMib` is the setting of ours. */
export const mostBytes = (kind: MediaKind, maxMib: number): number =>
  Math.min(MOST_BYTES[kind], maxMib * MIB);

/** What a browser may show within a page of ours. Everything else is saved: HTML, SVG and programs are never opened by us. */
const SHOWN: Readonly<Record<string, "image" | "video" | "audio">> = {
  "image/jpeg": "image",
  "image/png": "image",
  "image/webp": "image",
  "image/gif": "image",
  "video/mp4": "video",
  "video/3gpp": "video",
  "audio/ogg": "audio",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/aac": "audio",
  "audio/amr": "audio",
  "audio/wav": "audio",
};

/** Whether a file of this type, as told from its bytes, may be shown within a page. */
export const isShown = (mime: string): boolean => Object.hasOwn(SHOWN, mime);

/** As what a stored file is shown: what it is decides, not what its sender said. */
export function shownAs(said: MediaKind, mime: string): MediaKind {
  const is = isShown(mime) ? SHOWN[mime] : undefined;
  if (is === undefined) return "document";
  if (said === "sticker" && is === "image") return "sticker";
  // An MP4 with sound alone.
  return said === "audio" && is === "video" ? "audio" : is;
}

/** What WhatsApp takes as a document. Its own refusal of anything else names these. */
const SENT_DOCUMENTS = [
  "application/pdf",
  "text/plain",
  "application/msword",
  "application/vnd.ms-excel",
  "application/vnd.ms-powerpoint",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];

/** As what staff can send a file of this type to a customer; undefined for what WhatsApp refuses. */
export function sentAs(mime: string): "image" | "document" | undefined {
  if (SENDABLE.pictures.some((picture) => picture === mime)) return "image";
  return SENT_DOCUMENTS.includes(mime) ? "document" : undefined;
}

/** How a file is called where nobody gave it a name. */
export const NAMES: Readonly<Record<MediaKind, string>> = {
  image: "Picture",
  video: "Video",
  audio: "Audio",
  document: "Document",
  sticker: "Sticker",
};

const DAY_MS = 24 * 3_600_000;
const FIRST_PAUSE_MS = 5_000;
const PAUSE_FACTOR = 3;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** A file that comes damaged so often is so at the provider. */
const MOST_DAMAGED = 5;

/** From when on a provider has thrown a file away. Source: Meta, "Media", media ids of webhooks */
export const goneAt = (receivedAt: Date): Date => new Date(receivedAt.getTime() + 7 * DAY_MS);

/** What is done after an attempt, counted from 1, that brought nothing: when to try again, or how it ends. */
export function afterAttempt(
  attempt: number,
  problem: "damaged" | "unreachable",
  { receivedAt, now }: { readonly receivedAt: Date; readonly now: Date },
): { readonly kind: "again"; readonly at: Date } | { readonly kind: "failed" | "expired" } {
  if (problem === "damaged" && attempt >= MOST_DAMAGED) return { kind: "failed" };
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * PAUSE_FACTOR ** (attempt - 1));
  const at = new Date(now.getTime() + pauseMs);
  return at < goneAt(receivedAt) ? { kind: "again", at } : { kind: "expired" };
}
