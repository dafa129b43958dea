"use client";

import { REPLY_LIMIT, type ThreadHeadDto } from "@/lib/inbox/client";
import { AttachButton, AttachmentList, useAttachments } from "./composer-media";
import { TemplateButton } from "./composer-templates";
import type { NewReply } from "./outbox";
import { WindowLeft } from "./window-left";
import { WriteBox } from "./write-box";

type ComposerReplyProps = {
  readonly conversation: ThreadHeadDto;
  readonly text: string;
  readonly onWrite: (text: string) => void;
  readonly onSend: (reply: NewReply) => void;
};

/** Words, and what goes with them, to the customer. */
export function ComposerReply({ conversation, text, onWrite, onSend }: ComposerReplyProps) {
  const { channel, customer, holder } = conversation;
  const attachments = useAttachments(conversation);
  return (
    <>
      <WriteBox
        label={`Reply to ${customer}`}
        placeholder="Write a reply"
        hint={
          holder === null && channel !== "diagnostics"
            ? "Replying takes this conversation over from the AI."
            : "Enter sends, Shift+Enter starts a new line."
        }
        action="Send"
        text={text}
        limit={REPLY_LIMIT[channel]}
        accompanied={attachments.count > 0}
        disabled={attachments.unready}
        onWrite={onWrite}
        onSend={(body) => onSend({ body, media: attachments.take() })}
        onFiles={attachments.add}
        above={<AttachmentList conversation={conversation} attachments={attachments} />}
        tools={
          <>
            <AttachButton conversation={conversation} attachments={attachments} />
            <TemplateButton conversation={conversation} />
          </>
        }
      />
      <WindowLeft conversation={conversation} />
    </>
  );
}
