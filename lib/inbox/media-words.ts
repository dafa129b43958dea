/** Why a file is not there any more, or never came, as people read it. */
export const GONE_WORDS = {
  expired: "This file has expired at WhatsApp.",
  failed: "This file could not be fetched.",
  removed: "This file was removed because of its age.",
} as const;
