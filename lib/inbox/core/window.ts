const WINDOW_MS = 24 * 3_600_000;

/** When WhatsApp's customer service window ends: 24 hours after the customer's latest message, by the provider's time. */
export const windowEnd = (messageAt: Date): Date => new Date(messageAt.getTime() + WINDOW_MS);

/** Open strictly before its end. SMS has no window: null is always open. */
export const windowIsOpen = (endsAt: Date | null, now: Date): boolean => endsAt === null || now < endsAt;
