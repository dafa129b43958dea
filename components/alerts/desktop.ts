"use client";

import type { ConversationDto } from "@/lib/inbox/client";
import { attentionText, CHANNEL_NAME, customerName } from "../messages/words";

const shown = new Map<string, Notification>();

/**
 * Tells on the desktop of a conversation: who and on which channel, and why it wants a person; never what was written,
 * which a lock screen would show. One for each conversation: the next takes its place. `open` is called on a press.
 */
export function notify(conversation: ConversationDto, open: (path: string) => void): void {
  const { id, channel, customer, needsAttention, attentionReason } = conversation;
  const why = needsAttention ? attentionText(attentionReason) : "New message in your conversation";
  try {
    const notification = new Notification(customerName(customer), {
      body: `${CHANNEL_NAME[channel]} · ${why}`,
      tag: `torqueflow-conversation:${id}`,
      icon: "/icon-192.png",
    });
    notification.onclick = () => {
      window.focus();
      notification.close();
      open(`/messages/${id}`);
    };
    shown.set(id, notification);
  } catch {
    // A phone's browser has them only for an installed application.
  }
}

/** Takes back what was told of conversations that nobody need look at any more. */
export function withdrawAllBut(wanted: ReadonlySet<string>): void {
  for (const [id, notification] of shown) {
    if (wanted.has(id)) continue;
    notification.close();
    shown.delete(id);
  }
}
