/** What the browser tells of a file before anything is read. */
export type Chosen = { readonly name: string; readonly type: string; readonly size: number };

const MIB = 1024 * 1024;
const MOST_OF_A_PICTURE = 5 * MIB;
const MOST_OF_A_DOCUMENT = 100 * MIB;

const PICTURES = ["image/jpeg", "image/png"];
const DOCUMENTS = /\.(pdf|docx?|xlsx?|pptx?|txt|csv)$/i;

/** For the browser's own chooser; phones turn their pictures into JPEG for it. */
export const ACCEPTED = "image/jpeg,image/png,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv";

export const UNREADABLE = "This picture can’t be read here. Send it as JPEG or PNG.";

export type Check =
  | { readonly kind: "send" }
  /** A picture that WhatsApp does not take as it is: made a JPEG, and smaller, first. */
  | { readonly kind: "convert" }
  | { readonly kind: "refuse"; readonly reason: string };

/** Whether a file can be sent on WhatsApp. The server looks into it; this only spares people the wait. */
export function checkFile({ name, type, size }: Chosen): Check {
  if (size === 0) return { kind: "refuse", reason: "This file is empty." };
  if (type.startsWith("image/") && type !== "image/svg+xml") {
    if (size > MOST_OF_A_DOCUMENT) return { kind: "refuse", reason: "This picture is too large." };
    return PICTURES.includes(type) && size <= MOST_OF_A_PICTURE ? { kind: "send" } : { kind: "convert" };
  }
  if (/\.hei[cf]$/i.test(name)) return { kind: "convert" };
  if (!DOCUMENTS.test(name))
    return {
      kind: "refuse",
      reason: "WhatsApp takes pictures (JPEG, PNG), PDF, Word, Excel, PowerPoint and plain text.",
    };
  return size > MOST_OF_A_DOCUMENT
    ? { kind: "refuse", reason: "This document is too large: at most 100 MB." }
    : { kind: "send" };
}
