"use client";

import { REPLY_LIMIT, type ThreadHeadDto } from "@/lib/inbox/client";
import { AttachButton, AttachmentList, useAttachments } from "./composer-media";
import { TemplateButton } from "./composer-templates";
import type { NewReply } from "./outbox";
import { useCanned } from "./use-canned";
import type { InboxViewer } from "./viewer";
import { WindowLeft } from "./window-left";
import { WriteBox } from "./write-box";

type ComposerReplyProps = {
  readonly conversation: ThreadHeadDto;
  readonly viewer: InboxViewer;
  readonly text: string;
  readonly onWrite: (text: string) => void;
  readonly onSend: (reply: NewReply) => void;
};

/** Words, and what goes with them, to the customer. */
export function ComposerReply({ conversation, viewer, text, onWrite, onSend }: ComposerReplyProps) {
  const { channel, customer, holder } = conversation;
  const attachments = useAttachments(conversation);
  const canned = useCanned({ conversation, viewer, text, onWrite });
  return (
    <>
      <WriteBox
        label={`Reply to ${customer}`}
        placeholder="Write a reply"
        hint={
          canned.hint ??
          (holder === null && channel !== "diagnostics"
            ? "Replying takes this conversation over from the AI."
            : "Enter sends, Shift+Enter starts a new line.")
        }
        action="Send"
        text={text}
        limit={REPLY_LIMIT[channel]}
        accompanied={attachments.count > 0}
        disabled={attachments.unready}
        onWrite={(next, cursor) => {
          onWrite(next);
          canned.look(next, cursor);
        }}
        onSend={(body) => canned.mayGo() && onSend({ body, media: attachments.take() })}
        onKey={canned.onKey}
        suggests={canned.suggests}
        onFiles={attachments.add}
        above={
          <>
            {canned.shown}
            <AttachmentList conversation={conversation} attachments={attachments} />
          </>
        }
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
