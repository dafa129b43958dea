import { clsx } from "clsx";
import { span } from "@/components/ui/times";
import type { ThreadHeadDto } from "@/lib/inbox/client";

const SOON_MS = 2 * 3_600_000;

type WindowLeftProps = { readonly conversation: ThreadHeadDto; readonly now: Date };

/** WhatsApp: how long a reply can still be sent. */
export function WindowLeft({ conversation, now }: WindowLeftProps) {
  if (conversation.channel !== "whatsapp" || conversation.windowEndsAt === null) return null;
  const leftMs = new Date(conversation.windowEndsAt).getTime() - now.getTime();
  const soon = leftMs < SOON_MS;
  return (
    <p
      className={clsx("mt-1.5 px-0.5 text-xs", soon ? "font-medium text-warn-text" : "text-muted")}
      suppressHydrationWarning
    >
      {soon
        ? `WhatsApp’s window closes in ${span(leftMs)}: reply now to keep the conversation open.`
        : `You can reply for another ${span(leftMs)}.`}
    </p>
  );
}
