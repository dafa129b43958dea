const KIB = 1024;

/** The most that a body may have: 64 KiB, and more where a provider sends more. Meta's own limit is 3 MiB. */
const LARGER: Readonly<Record<string, number>> = {
  "/api/webhooks/voice": 3 * KIB * KIB,
  "/api/webhooks/whatsapp": 3 * KIB * KIB,
  "/api/webhooks/stripe": KIB * KIB,
  // A text has at most 1,600 characters and ten links.
  "/api/webhooks/sms": 256 * KIB,
  "/api/webhooks/sms/status": 256 * KIB,
};

/** What staff send to a customer: WhatsApp takes documents of up to 100 MB. The verb bounds it by what it is. */
const FILE = /^\/api\/messages\/conversations\/[^/]+\/media$/;
const MOST_OF_A_FILE = 100 * KIB * KIB;

export const isFilePath = (path: string): boolean => FILE.test(path);

/** How many bytes a request to this path may bring. */
export const bodyLimitOf = (path: string): number =>
  isFilePath(path) ? MOST_OF_A_FILE : (LARGER[path] ?? 64 * KIB);
