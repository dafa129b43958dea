"use client";

import { type RefObject, useEffect, useRef } from "react";
import { HelpLink } from "@/components/layout/help";
import { useClock } from "@/components/ui/use-now";
import type { ReplyBlock, ThreadHeadDto } from "@/lib/inbox/client";
import { ComposerClosed } from "./composer-closed";
import { focusNextTextBox, focusTextBox } from "./composer-focus";
import { ComposerMode } from "./composer-mode";
import { ComposerNote } from "./composer-note";
import { ComposerReply } from "./composer-reply";
import { TemplateBox } from "./composer-templates";
import { type ComposerMode as Mode, useDraft } from "./drafts";
import type { NewReply } from "./outbox";
import { tellTyping } from "./tell-typing";
import { useKey } from "./use-keys";
import type { InboxViewer } from "./viewer";

type ComposerProps = {
  readonly conversation: ThreadHeadDto;
  readonly block: ReplyBlock;
  readonly viewer: InboxViewer;
  readonly onSend: (reply: NewReply) => void;
  readonly onNote: (body: string) => void;
};

/** The place at the thread's end where people write: to the customer, or to their team. On phones it stays in sight. */
export function Composer(props: ComposerProps) {
  return (
    <div className="border-t bg-surface px-3 py-3 max-md:sticky max-md:bottom-0 max-md:z-10 md:px-6">
      <div className="mx-auto max-w-3xl">
        {props.viewer.canSend ? (
          <Writing {...props} />
        ) : (
          <ComposerClosed
            title="You can read this conversation"
            text="Replying needs the permission to send messages."
          />
        )}
      </div>
    </div>
  );
}

function Writing({ conversation, block, viewer, onSend, onNote }: ComposerProps) {
  const [draft, change] = useDraft(viewer.userId, conversation.id);
  const { mode, reply, note } = draft;
  const clock = useClock();
  const closed = useRef<HTMLDivElement>(null);
  /** The focus is in the field before the next key is heard: a letter would be taken for a command. */
  const turnTo = (next: Mode, typed = "") => {
    const isClosed = next === "reply" && block !== null;
    if (next !== mode && !isClosed) focusNextTextBox();
    // Where the window has closed meanwhile it is kept, and stands below the reason.
    change((before) => ({ mode: next, ...(typed !== "" && { [next]: before[next] + typed }) }));
    if (next !== mode) return;
    if (isClosed) closed.current?.focus({ preventScroll: true });
    else focusTextBox();
  };
  const keys = {
    reply: useKey("reply", (typed) => turnTo("reply", typed)),
    note: useKey("note", (typed) => turnTo("note", typed)),
  };
  return (
    <>
      <ComposerMode mode={mode} keys={keys} onChange={(next) => turnTo(next)} />
      {mode === "note" ? (
        <ComposerNote
          conversation={conversation}
          text={note}
          onWrite={(text) => change(() => ({ note: text }))}
          onAdd={(body) => {
            change(() => ({ note: "" }));
            onNote(body);
          }}
        />
      ) : block === null ? (
        <ComposerReply
          conversation={conversation}
          viewer={viewer}
          text={reply}
          onWrite={(text) => {
            change(() => ({ reply: text }));
            if (text !== "") tellTyping(conversation.id, clock());
          }}
          onSend={(written) => {
            change(() => ({ reply: "" }));
            onSend(written);
          }}
        />
      ) : (
        <Blocked box={closed} conversation={conversation} block={block} kept={reply} />
      )}
    </>
  );
}

type BlockedProps = {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly conversation: ThreadHeadDto;
  readonly block: NonNullable<ReplyBlock>;
  /** What was being written when it closed. */
  readonly kept: string;
};

function Blocked({ box, conversation, block, kept }: BlockedProps) {
  useEffect(() => {
    // The box that was being written in is gone, also where all of it was sent, and the focus with it.
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [box]);
  return (
    <div ref={box} tabIndex={-1} className="space-y-3 outline-none">
      {block === "opted-out" ? (
        <ComposerClosed
          title="This customer has opted out of messages"
          text="Nothing can be sent to them until they opt in again. You can still ring them."
          kept={kept}
        />
      ) : (
        <>
          <ComposerClosed
            title="WhatsApp’s 24-hour window has closed"
            text={
              <span className="max-md:hidden">
                Until the customer writes again, only a pre-approved template can be sent. This box opens as
                soon as they do.{" "}
                <HelpLink page="whatsapp-ai/whatsapp-24-hour-session-window">How the window works</HelpLink>
              </span>
            }
            kept={kept}
          />
          <TemplateBox conversation={conversation} />
        </>
      )}
    </div>
  );
}
