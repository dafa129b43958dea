"use client";

import { NOTE_LIMIT, type ThreadHeadDto } from "@/lib/inbox/client";
import { WriteBox } from "./write-box";

type ComposerNoteProps = {
  readonly conversation: ThreadHeadDto;
  readonly text: string;
  readonly onWrite: (text: string) => void;
  readonly onAdd: (body: string) => void;
};

/** Words to the team. They go to another address than a reply, and no channel ever sees them. */
export function ComposerNote({ conversation, text, onWrite, onAdd }: ComposerNoteProps) {
  return (
    <WriteBox
      label={`Internal note about ${conversation.customer}`}
      placeholder="Write a note to your team"
      hint="Only your team sees this. It is never sent to the customer."
      action="Add note"
      text={text}
      limit={NOTE_LIMIT}
      tone="note"
      onWrite={onWrite}
      onSend={onAdd}
    />
  );
}
