"use client";

import { clsx } from "clsx";
import Lock from "lucide-react/icons/lock";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { HelpLink } from "@/components/layout/help";
import { Button } from "@/components/ui/button";
import { span } from "@/components/ui/times";
import { REPLY_LIMIT, type ReplyBlock, type ThreadHeadDto } from "@/lib/inbox/client";
import { keepDraft, readDraft } from "./outbox";

type ComposerProps = {
  readonly conversation: ThreadHeadDto;
  readonly block: ReplyBlock;
  readonly canSend: boolean;
  readonly now: Date;
  readonly onSend: (body: string) => void;
};

const BLOCKED = {
  "opted-out": {
    title: "This customer has opted out of messages",
    text: "Nothing can be sent to them until they opt in again. You can still ring them.",
  },
  "window-closed": {
    title: "WhatsApp’s 24-hour window has closed",
    text: "Until the customer writes again, only a pre-approved template can be sent. This box opens as soon as they do.",
  },
};

export function Composer({ conversation, block, canSend, now, onSend }: ComposerProps) {
  if (!canSend)
    return (
      <Closed title="You can read this conversation" text="Replying needs the permission to send messages." />
    );
  if (block)
    return (
      <Closed {...BLOCKED[block]}>
        {block === "window-closed" && (
          <HelpLink page="whatsapp-ai/whatsapp-24-hour-session-window">How the window works</HelpLink>
        )}
      </Closed>
    );
  return <Writing conversation={conversation} now={now} onSend={onSend} />;
}

const BAR = "border-t bg-surface px-3 py-3 max-md:sticky max-md:bottom-0 max-md:z-10 md:px-6";

type ClosedProps = { readonly title: string; readonly text: string; readonly children?: ReactNode };

function Closed({ title, text, children }: ClosedProps) {
  return (
    <div className={BAR}>
      <div role="status" className="mx-auto flex max-w-3xl gap-2.5 rounded-lg bg-sunken px-4 py-3">
        <Lock aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
        <div>
          <p className="font-medium">{title}</p>
          <p className="text-muted text-sm">{text}</p>
          {children && <p className="mt-1 text-sm">{children}</p>}
        </div>
      </div>
    </div>
  );
}

const NEAR = 0.9;

function Writing({ conversation, now, onSend }: Pick<ComposerProps, "conversation" | "now" | "onSend">) {
  const { id, channel, heldBy } = conversation;
  const [text, setText] = useState(() => readDraft(id));
  const hint = useId();
  const limit = REPLY_LIMIT[channel];
  const length = text.trim().length;
  const write = (next: string) => {
    setText(next);
    keepDraft(id, next);
  };
  const send = () => {
    if (length === 0 || length > limit) return;
    write("");
    onSend(text.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={BAR}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="mx-auto max-w-3xl">
        <div className="rounded-lg border border-control bg-surface transition-colors focus-within:border-accent focus-within:outline focus-within:outline-accent">
          <textarea
            aria-label={`Reply to ${conversation.customer}`}
            aria-describedby={hint}
            aria-invalid={length > limit}
            rows={1}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={press}
            placeholder="Write a reply"
            className="field-sizing-content block max-h-48 min-h-11 w-full resize-none px-3.5 pt-2.5 text-lg outline-none placeholder:text-faint sm:text-base"
          />
          <div className="flex items-center gap-3 pr-2 pb-2 pl-3.5">
            <p id={hint} className="min-w-0 grow text-muted text-xs" suppressHydrationWarning>
              {heldBy === null && channel !== "diagnostics"
                ? "Replying takes this conversation over from the AI."
                : "Enter sends, Shift+Enter starts a new line."}
            </p>
            {length > limit * NEAR && <Count length={length} limit={limit} />}
            <Button type="submit" variant="primary" size="sm" disabled={length === 0 || length > limit}>
              Send
            </Button>
          </div>
        </div>
        <WindowLeft conversation={conversation} now={now} />
      </div>
    </form>
  );
}

function Count({ length, limit }: { length: number; limit: number }) {
  const over = length > limit;
  return (
    <p role="status" className={clsx("shrink-0 text-xs tabular-nums", over ? "text-bad-text" : "text-muted")}>
      {over ? `${length - limit} too many` : `${limit - length} left`}
    </p>
  );
}

const SOON_MS = 2 * 3_600_000;

/** WhatsApp: how long a reply can still be sent. */
function WindowLeft({ conversation, now }: Pick<ComposerProps, "conversation" | "now">) {
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
