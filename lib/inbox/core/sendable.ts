const MIB = 1024 * 1024;

/** What staff can send to a customer as a file: what WhatsApp takes. Source: Meta, "Media", supported media types */
export const SENDABLE = {
  /** Other pictures are refused there. */
  pictures: ["image/jpeg", "image/png"],
  pictureBytes: 5 * MIB,
  documentBytes: 100 * MIB,
  refusal: "WhatsApp takes pictures (JPEG, PNG), PDF, Word, Excel, PowerPoint and plain text.",
} as const;

/** The most that a file to send may have, in bytes: page and server take it from `uploadLimits`. */
export type UploadLimits = { readonly pictureBytes: number; readonly documentBytes: number };

/** WhatsApp's limits, or ours where `maxMib`, a setting, is lower. */
export const uploadLimits = (maxMib: number): UploadLimits => ({
  pictureBytes: Math.min(SENDABLE.pictureBytes, maxMib * MIB),
  documentBytes: Math.min(SENDABLE.documentBytes, maxMib * MIB),
});

/** Why a file is refused that has more bytes than it may. */
export const tooLargeWords = (mostBytes: number): string =>
  `This file is too large: at most ${Math.floor(mostBytes / MIB)} MB.`;
