import MessageCircle from "lucide-react/icons/message-circle";
import MessageSquareText from "lucide-react/icons/message-square-text";
import Stethoscope from "lucide-react/icons/stethoscope";
import type { ConversationDto } from "@/lib/inbox/client";
import { CHANNEL_NAME } from "./words";

const ICONS = { whatsapp: MessageCircle, sms: MessageSquareText, diagnostics: Stethoscope };

/** A channel's icon, with its name for screen readers. */
export function ChannelIcon({ channel }: { channel: ConversationDto["channel"] }) {
  const Icon = ICONS[channel];
  return (
    <span title={CHANNEL_NAME[channel]} className="text-faint">
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{CHANNEL_NAME[channel]}</span>
    </span>
  );
}
