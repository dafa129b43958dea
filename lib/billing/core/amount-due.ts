import type { InvoiceFacts } from "./invoice-facts";

/** When Stripe tries the card again; null where it does not, or that time has passed without word of what came of it. */
export function nextAttempt(open: readonly Pick<InvoiceFacts, "nextAttemptAt">[], now: Date): Date | null {
  const ahead = open.flatMap(({ nextAttemptAt: at }) => (at && at > now ? [at] : []));
  return ahead.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** Stripe pauses a subscription, such as one whose trial ended without a card: nothing has failed unless something is due. */
export const isPaused = (status: string | undefined, open: readonly unknown[]): boolean =>
  status === "paused" && open.length === 0;
