import { AppError } from "@/lib/shared/errors";
import type { ConversationChannel } from "./core/message";
import { windowIsOpen } from "./core/window";

export type Reachability = {
  readonly channel: ConversationChannel;
  readonly optedOut: boolean;
  readonly windowEndsAt: Date | null;
};

/** Throws conflict where nothing free-form could arrive: the customer has opted out, or WhatsApp's window has closed. */
export function refuseUnreachable({ channel, optedOut, windowEndsAt }: Reachability, now: Date): void {
  if (optedOut) throw new AppError("conflict", "This customer has opted out of messages.");
  if (channel === "whatsapp" && !windowIsOpen(windowEndsAt ?? new Date(0), now))
    throw new AppError(
      "conflict",
      "The 24-hour window has closed: only a pre-approved template can be sent.",
    );
}
