import { tooLargeWords, UPLOADS, type UploadLimits } from "@/lib/inbox/upload-client";

/** What the browser tells of a file before anything is read. */
export type Chosen = { readonly name: string; readonly type: string; readonly size: number };

const DOCUMENTS = /\.(pdf|docx?|xlsx?|pptx?|txt|csv)$/i;

/** For the browser's own chooser; phones turn their pictures into JPEG for it. */
export const ACCEPTED = `${UPLOADS.pictures.join(",")},.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv`;

/** No camera makes such a picture, and a phone's browser would run out of memory. */
const UNREADABLY_LARGE = 100 * 1024 * 1024;

export const UNREADABLE = "This picture can’t be read here. Send it as JPEG or PNG.";

export type Check =
  | { readonly kind: "send" }
  /** A picture that WhatsApp does not take as it is: made a JPEG, and smaller, first. */
  | { readonly kind: "convert" }
  | { readonly kind: "refuse"; readonly reason: string };

/** Whether a file can be sent on WhatsApp. The server looks into it; this only spares people the wait. */
export function checkFile(
  { name, type, size }: Chosen,
  { pictureBytes, documentBytes }: UploadLimits,
): Check {
  if (size === 0) return { kind: "refuse", reason: "This file is empty." };
  if (type.startsWith("image/") && type !== "image/svg+xml") {
    if (size > UNREADABLY_LARGE) return { kind: "refuse", reason: "This picture is too large." };
    return UPLOADS.pictures.some((picture) => picture === type) && size <= pictureBytes
      ? { kind: "send" }
      : { kind: "convert" };
  }
  if (/\.hei[cf]$/i.test(name)) return { kind: "convert" };
  if (!DOCUMENTS.test(name)) return { kind: "refuse", reason: UPLOADS.refusal };
  return size > documentBytes ? { kind: "refuse", reason: tooLargeWords(documentBytes) } : { kind: "send" };
}
