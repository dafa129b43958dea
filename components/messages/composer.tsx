"use client";

import { HelpLink } from "@/components/layout/help";
import type { ReplyBlock, ThreadHeadDto } from "@/lib/inbox/client";
import { ComposerClosed } from "./composer-closed";
import { TemplateBox } from "./composer-templates";
import { ComposerWriting } from "./composer-writing";
import type { NewReply } from "./outbox";

type ComposerProps = {
  readonly conversation: ThreadHeadDto;
  readonly block: ReplyBlock;
  readonly canSend: boolean;
  readonly now: Date;
  readonly onSend: (reply: NewReply) => void;
};

/** Where people write to the customer, or why they cannot. */
export function Composer({ conversation, block, canSend, now, onSend }: ComposerProps) {
  if (!canSend)
    return (
      <ComposerClosed
        title="You can read this conversation"
        text="Replying needs the permission to send messages."
      />
    );
  if (block === "opted-out")
    return (
      <ComposerClosed
        title="This customer has opted out of messages"
        text="Nothing can be sent to them until they opt in again. You can still ring them."
      />
    );
  if (block === "window-closed")
    return (
      <ComposerClosed
        title="WhatsApp’s 24-hour window has closed"
        text="Until the customer writes again, only a pre-approved template can be sent. This box opens as soon as they do."
        help={<HelpLink page="whatsapp-ai/whatsapp-24-hour-session-window">How the window works</HelpLink>}
      >
        <TemplateBox conversation={conversation} />
      </ComposerClosed>
    );
  return <ComposerWriting conversation={conversation} now={now} onSend={onSend} />;
}
