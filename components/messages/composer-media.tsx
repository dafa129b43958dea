"use client";

import Paperclip from "lucide-react/icons/paperclip";
import { useRef, useSyncExternalStore } from "react";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { ACCEPTED } from "./attach-check";
import { type Attached, attach, attachedTo, onAttached, takeAttached } from "./attach-store";

const AttachList = onDemand(() => import("./attach-list"), {
  loading: () => <div className="h-17" />,
  missing: (missing) => (
    <div className="px-3.5 pt-3">{partMissing("The attached files couldn’t be shown")(missing)}</div>
  ),
});

/** What will be sent with the text. Files come from the button, a drop or the clipboard. */
export type Attachments = {
  readonly files: readonly Attached[];
  /** What can never be sent: told of until it is dismissed, and in the way of nothing. */
  readonly refused: readonly Attached[];
  /** Why nothing can be sent yet, in words; null where it can. */
  readonly hint: string | null;
  /** One is still on its way to the server, or failed: nothing can be sent yet. */
  readonly unready: boolean;
  readonly add: (files: readonly File[]) => void;
  /** The ids of what was uploaded, in order; the list is empty afterwards. */
  readonly take: () => readonly string[];
};

const NONE: readonly Attached[] = [];
const nothing = () => undefined;

const isRefused = ({ state }: Attached): boolean => state.kind === "failed" && !state.canRetry;

/** The files of a conversation's reply; none of them on a channel that takes none. */
export function useAttachments({ id, uploads }: ThreadHeadDto): Attachments {
  const attached = useSyncExternalStore(
    onAttached,
    () => attachedTo(id),
    () => NONE,
  );
  const refused = attached.filter(isRefused);
  const files = attached.filter((one) => !isRefused(one));
  return {
    files,
    refused,
    hint: files.some(({ state }) => state.kind === "failed")
      ? "A file was not uploaded: try it again, or remove it."
      : null,
    unready: files.some(({ state }) => state.kind !== "ready"),
    add: uploads ? (added) => attach(id, added, uploads) : nothing,
    take: () => takeAttached(id),
  };
}

type MediaProps = { readonly conversation: ThreadHeadDto; readonly attachments: Attachments };

/** Among the tools of the reply box: chooses files. */
export function AttachButton({ conversation, attachments }: MediaProps) {
  const input = useRef<HTMLInputElement>(null);
  if (conversation.uploads === null) return null;
  return (
    <>
      <button
        type="button"
        aria-label="Attach a picture or document"
        title="Attach a picture or document"
        className="-ml-1.5 shrink-0 rounded-md p-1.5 text-muted hover:bg-sunken hover:text-ink"
        onClick={() => input.current?.click()}
      >
        <Paperclip aria-hidden className="size-4" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label="Files to attach"
        onChange={({ currentTarget }) => {
          attachments.add([...(currentTarget.files ?? [])]);
          currentTarget.value = ""; // the same file may be chosen again
        }}
      />
    </>
  );
}

/** Above the text: what was attached, with its progress, and what was refused. */
export function AttachmentList({ conversation, attachments }: MediaProps) {
  const { files, refused } = attachments;
  if (files.length + refused.length === 0) return null;
  return <AttachList conversationId={conversation.id} attached={files} refused={refused} />;
}
