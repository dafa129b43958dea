"use client";

import type { ThreadHeadDto } from "@/lib/inbox/client";

/** What will be sent with the text. Files come from the button, a drop or the clipboard. */
export type Attachments = {
  readonly count: number;
  /** One is still on its way to the server, or failed: nothing can be sent yet. */
  readonly unready: boolean;
  readonly add: (files: readonly File[]) => void;
  /** The ids of what was uploaded, in order; the list is empty afterwards. */
  readonly take: () => readonly string[];
};

const NONE: Attachments = { count: 0, unready: false, add: () => undefined, take: () => [] };

export const useAttachments = (_: ThreadHeadDto): Attachments => NONE;

type MediaProps = { readonly conversation: ThreadHeadDto; readonly attachments: Attachments };

/** Among the tools of the reply box: chooses files. */
export function AttachButton(_: MediaProps) {
  return null;
}

/** Above the text: what was attached, with its progress. */
export function AttachmentList(_: MediaProps) {
  return null;
}
