"use client";

import { clsx } from "clsx";
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { REPLY_LIMIT, type ThreadHeadDto } from "@/lib/inbox/client";
import { COMPOSER_BAR } from "./composer-bar";
import { AttachButton, AttachmentList, useAttachments } from "./composer-media";
import { TemplateButton } from "./composer-templates";
import { keepDraft, type NewReply, readDraft } from "./outbox";
import { WindowLeft } from "./window-left";

type ComposerWritingProps = {
  readonly conversation: ThreadHeadDto;
  readonly now: Date;
  readonly onSend: (reply: NewReply) => void;
};

/** The box to write in: attachments above the text, tools and Send below it. */
export function ComposerWriting({ conversation, now, onSend }: ComposerWritingProps) {
  const { id, channel, holder } = conversation;
  const [text, setText] = useState(() => readDraft(id));
  const attachments = useAttachments(conversation);
  const hint = useId();
  const limit = REPLY_LIMIT[channel];
  const length = text.trim().length;
  const sendable = length <= limit && (length > 0 || attachments.count > 0) && !attachments.unready;
  const write = (next: string) => {
    setText(next);
    keepDraft(id, next);
  };
  const send = () => {
    if (!sendable) return;
    write("");
    onSend({ body: text.trim(), media: attachments.take() });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const receive = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    if (data.files.length === 0) return;
    event.preventDefault();
    attachments.add([...data.files]);
  };
  return (
    <form
      className={COMPOSER_BAR}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => receive(event, event.dataTransfer)}
    >
      <div className="mx-auto max-w-3xl">
        <div className="rounded-lg border border-control bg-surface transition-colors focus-within:border-accent focus-within:outline focus-within:outline-accent">
          <AttachmentList conversation={conversation} attachments={attachments} />
          <textarea
            aria-label={`Reply to ${conversation.customer}`}
            aria-describedby={hint}
            aria-invalid={length > limit}
            rows={1}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={press}
            onPaste={(event) => receive(event, event.clipboardData)}
            placeholder="Write a reply"
            className="field-sizing-content block max-h-48 min-h-11 w-full resize-none px-3.5 pt-2.5 text-lg outline-none placeholder:text-faint sm:text-base"
          />
          <div className="flex items-center gap-3 pr-2 pb-2 pl-3.5">
            <AttachButton conversation={conversation} attachments={attachments} />
            <TemplateButton conversation={conversation} />
            <p id={hint} className="min-w-0 grow text-muted text-xs" suppressHydrationWarning>
              {holder === null && channel !== "diagnostics"
                ? "Replying takes this conversation over from the AI."
                : "Enter sends, Shift+Enter starts a new line."}
            </p>
            {length > limit * NEAR && <Count length={length} limit={limit} />}
            <Button type="submit" variant="primary" size="sm" disabled={!sendable}>
              Send
            </Button>
          </div>
        </div>
        <WindowLeft conversation={conversation} now={now} />
      </div>
    </form>
  );
}

/** From this share of the limit on, the characters are counted down. */
const NEAR = 0.9;

function Count({ length, limit }: { length: number; limit: number }) {
  const over = length > limit;
  return (
    <p role="status" className={clsx("shrink-0 text-xs tabular-nums", over ? "text-bad-text" : "text-muted")}>
      {over ? `${length - limit} too many` : `${limit - length} left`}
    </p>
  );
}
