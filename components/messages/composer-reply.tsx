"use client";

import { CAPTION_LIMIT, REPLY_LIMIT, type ThreadHeadDto } from "@/lib/inbox/client";
import { AttachButton, AttachmentList, useAttachments } from "./composer-media";
import { TemplateButton } from "./composer-templates";
import type { NewReply } from "./outbox";
import { useCanned } from "./use-canned";
import type { InboxViewer } from "./viewer";
import { WindowLeft } from "./window-left";
import { replyHint } from "./words";
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
  const { channel, customer } = conversation;
  const attachments = useAttachments(conversation);
  const canned = useCanned({ conversation, viewer, text, onWrite });
  return (
    <>
      <WriteBox
        label={`Reply to ${customer}`}
        placeholder="Write a reply"
        hint={canned.hint ?? attachments.hint ?? replyHint(conversation, viewer.userId)}
        action="Send"
        text={text}
        limit={attachments.files.length > 0 ? CAPTION_LIMIT : REPLY_LIMIT[channel]}
        accompanied={attachments.files.length > 0}
        disabled={attachments.unready}
        onWrite={(next, cursor) => {
          onWrite(next);
          canned.look(next, cursor);
        }}
        onSend={(body) => {
          if (!canned.mayGo()) return;
          // WhatsApp takes one file a message; the words stand below the first.
          const [first, ...others] = attachments.take();
          onSend({ body, media: first === undefined ? [] : [first] });
          for (const one of others) onSend({ body: "", media: [one] });
        }}
        onKey={canned.onKey}
        suggests={canned.suggests}
        onFiles={attachments.add}
        above={
          <>
            {canned.list}
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
      {canned.dialog}
      <WindowLeft conversation={conversation} />
    </>
  );
}
