const MIB = 1024 * 1024;

/** What staff can send to a customer as a file: what WhatsApp takes. Source: Meta, "Media", supported media types */
export const SENDABLE = {
  /** Other pictures are refused there. */
  pictures: ["image/jpeg", "image/png"],
  pictureBytes: 5 * MIB,
  documentBytes: 100 * MIB,
  refusal: "WhatsApp takes pictures (JPEG, PNG), PDF, Word, Excel, PowerPoint and plain text.",
} as const;
